using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>Code is malformed most of the time: while it is typed. No rule may crash on it.</summary>
public class MalformedCodeTests
{
    private const int Stride = 50;

    [Fact]
    public Task No_beginning_of_a_pipeline_stops_a_rule() => ShouldNotCrashAsync(static source =>
        Enumerable.Range(1, source.Length / Stride).Select(part => source[..Math.Min(source.Length, part * Stride)]));

    [Fact]
    public Task No_hole_in_a_pipeline_stops_a_rule() => ShouldNotCrashAsync(static source =>
        Enumerable.Range(0, source.Length / Stride / 2).Select(part => source.Remove(part * Stride * 2, Stride / 2)));

    [Fact]
    public async Task A_rule_that_crashes_would_be_seen() =>
        (await Analysis.RunAsync(Analysis.Compile("class C;"), [new CrashingAnalyzer()])).ShouldContain(diagnostic => diagnostic.Id == "AD0001");

    // What the samples do not do.
    private static readonly string[] Writes =
    [
        """
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Extensions.Logging;

        namespace Writes;

        [Append] public sealed record Event(int Id, decimal Amount, object Any);
        [KeepLatest(nameof(At), nameof(Id))]
        [ReplacePartition(nameof(At), OutOfWindow = RowAction.Drop)]
        public sealed record Entry([property: Key] double? Id, [Range(1, 2)] DateTimeOffset At, [Format("x")] TimeOnly Time);

        [Pipeline("w", Owner = "o")]
        [HourlyPartitions("2001-01-01", End = "2000-01-01")]
        public partial class Writer
        {
            static readonly string Sql = "insert into t values (1)";
            [Source] static IAsyncEnumerable<Event> Read(HourPartition hour, RunContext run, System.Threading.CancellationToken stop) => throw new NotSupportedException();
            [Source] static Table<Entry> Entries() => Table<Entry>.All;
            [Step] static IEnumerable<Entry> Make([From(nameof(Read))] Event e, RowLookup<int, Entry> entries, IDbConnection db)
            {
                var start = System.Diagnostics.Stopwatch.GetTimestamp();
                db.Execute($"insert into {e.Any} values ({DateTime.UtcNow})" + Sql);
                using DbCommand command = null!;
                command.CommandText = Sql;
                command.CommandText += "x";
                return [new(Guid.NewGuid().GetHashCode(), DateTimeOffset.UtcNow, default)];
            }
        }
        """,
        """
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.EntityFrameworkCore;
        using Npgsql;

        namespace Stores;

        public class Order { public int Id { get; set; } public string? Number { get; set; } public DateTime Placed { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }
        public interface IClock { DateTime Now { get; } }
        public sealed class SystemClock : IClock { public DateTime Now => DateTime.UtcNow; }

        public sealed class Import(NpgsqlDataSource source, IClock clock, Shop shop)
        {
            readonly Guid _run = Guid.NewGuid();

            public void Save(string region, Order[] orders, DateTime? day)
            {
                using var db = source.OpenConnection();
                db.Execute($"delete from daily where day = @day and region = '{region}'", new { day });
                db.Execute("insert into daily (day, region) select day, region from orders where day >= @day", new { day = day ?? clock.Now });
                foreach (var order in orders) { order.Placed = Stamp(order); shop.Orders.Add(new Order { Number = $"{_run}" }); }
                shop.SaveChanges();
                var parameters = new DynamicParameters();
                parameters.Add("at", clock.Now);
                if (db.ExecuteScalar<int>("select count(*) from t where at = @at", parameters) == 0) { db.Execute("insert into t (at) values (@at)", parameters); }
                var table = new DataTable();
                table.Columns.Add("day");
                table.Rows.Add(DateTime.Today);
                using var command = db.CreateCommand();
                command.CommandText = "update t set at = @at, n = getdate() where id in (1, 2); merge into u using (values (@at)) as s (at) on u.at = s.at when not matched then insert (at) values (s.at)";
                command.Parameters.Add("at", NpgsqlTypes.NpgsqlDbType.Date).Value = orders.Select(o => o.Placed).First();
                DateTime Stamp(Order order) => order.Id > 0 ? order.Placed : Stamp(order);
            }
        }
        """,
    ];

    /// <summary>Puts each malformed form of each source among the others, and analyzes all.</summary>
    private static async Task ShouldNotCrashAsync(Func<string, IEnumerable<string>> malform)
    {
        // One compilation, changed again and again: so an IDE does it, and so the references are bound once.
        CSharpCompilation compilation = Analysis.Compile([.. Flights.Sources, .. Writes]);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (string malformed in malform(tree.ToString()))
            {
                CSharpCompilation changed = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(malformed, Analysis.ParseOptions, tree.FilePath));
                IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(changed, Analysis.AllAnalyzers);
                found.Where(diagnostic => diagnostic.Id == "AD0001").Select(diagnostic => malformed + "\n" + diagnostic.GetMessage()).ShouldBeEmpty();
            }
        }
    }

#pragma warning disable RS1036, RS1038, RS1041 // Runs in this test only.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class CrashingAnalyzer : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Analysis.AllAnalyzers[0].SupportedDiagnostics;

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSymbolAction(static _ => throw new InvalidOperationException(), SymbolKind.NamedType);
        }
    }
#pragma warning restore RS1036, RS1038, RS1041
}
