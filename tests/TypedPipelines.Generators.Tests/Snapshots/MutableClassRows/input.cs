using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Entities;

/// <summary>An entity class as EF Core users have them.</summary>
[Table("customers")]
[Merge]
public class Customer
{
    [Key]
    public int CustomerId { get; set; }

    [Required, MaxLength(50)]
    public string Name { get; set; } = "";

    public string? Phone { get; set; }

    [NotMapped]
    public string Cached { get; set; } = "";

    public string Shown => Name + Phone;
}

[Pipeline("customers")]
public sealed partial class CustomersPipeline
{
    [Source]
    static CsvFiles<Customer> Landing() => new("customers.csv") { Separator = ';' };
}
