using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>An entity as EF Core has it: settable properties, relations to other entities, and one that is computed.</summary>
[Table("rental")]
[Merge]
public class Rental
{
    [Key]
    [Column("id")]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public int Id { get; set; }

    [Column("tenant_id")]
    public int TenantId { get; set; }

    [MaxLength(20)]
    [Column("number")]
    public string Number { get; set; } = "";

    [Column("paid_on")]
    public DateOnly? PaidOn { get; set; }

    public virtual Tenant? Tenant { get; set; }

    public virtual ICollection<RentalLine> Lines { get; set; } = [];

    public bool IsPaid => PaidOn is not null;
}

[Table("tenant")]
public class Tenant
{
    [Key]
    [Column("id")]
    public int Id { get; set; }

    public List<Rental> Rentals { get; set; } = [];
}

public class RentalLine
{
    [Key]
    public int Id { get; set; }

    public int RentalId { get; set; }
}

public sealed record RawRental(int Id, string Number, DateOnly? PaidOn);

[Pipeline("rentals")]
public sealed partial class RentalsPipeline
{
    [Source] internal static IEnumerable<RawRental> Rows(Partition all) => Feed.Take<RawRental>(all);

    [Step] internal static Rental Clean(RawRental raw) => new() { Id = raw.Id, TenantId = 7, Number = raw.Number, PaidOn = raw.PaidOn };
}

/// <summary>Entity classes of EF Core are rows of a pipeline as they are, but for the attribute that says what a re-run does.</summary>
public sealed class EntityTests
{
    [Fact]
    public async Task What_a_pipeline_loads_EF_Core_reads_and_what_EF_Core_has_created_a_pipeline_loads()
    {
        string folder = Directory.CreateTempSubdirectory("entities-").FullName;
        string file = Path.Combine(folder, "shop.db");
        using var stage = new Stage();
        stage.UseSqlite($"Data Source={file}");
        stage.AddPipeline<RentalsPipeline>();
        await using (var shop = new Shop(file))
        {
            await shop.Database.EnsureCreatedAsync();
            shop.Tenants.Add(new Tenant { Id = 7 });
            shop.Rentals.Add(new Rental { Id = 1, TenantId = 7, Number = "old" });
            await shop.SaveChangesAsync();
        }

        Feed.Give(new RawRental(1, "A1", new DateOnly(2026, 1, 31)), new RawRental(2, "A2", null));
        PartitionResult first = await stage.RunAsync("rentals");
        first.Failure.ShouldBeNull();
        (await stage.RunAsync("rentals")).Failure.ShouldBeNull();

        await using (var shop = new Shop(file))
        {
            List<Rental> rentals = await shop.Rentals.Include(rental => rental.Tenant).OrderBy(rental => rental.Id).ToListAsync();
            rentals.Select(rental => (rental.Id, rental.Number, rental.PaidOn, rental.IsPaid, rental.Tenant!.Id))
                .ShouldBe([(1, "A1", new DateOnly(2026, 1, 31), true, 7), (2, "A2", null, false, 7)]);
        }

        Directory.Delete(folder, recursive: true);
    }

    private sealed class Shop(string file) : DbContext
    {
        public DbSet<Rental> Rentals => Set<Rental>();

        public DbSet<Tenant> Tenants => Set<Tenant>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={file};Pooling=False");
    }
}
