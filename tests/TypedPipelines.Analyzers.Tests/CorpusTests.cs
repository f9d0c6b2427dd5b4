using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>
/// Cases as real code looks, in the files of <c>Corpus</c>: each begins with what it is and the rules that mark it, in the order of the
/// source. All analyzers read it; at least half of the cases are code that all must leave alone.
/// </summary>
public partial class CorpusTests
{
    private const string Known = """
        using System.Data;
        using System.Data.Common;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Logging;
        using Npgsql;

        """;

    private const string Types = """

        using Microsoft.EntityFrameworkCore;

        public class Trade { public int Id { get; set; } public string? Symbol { get; set; } public decimal Price { get; set; } public DateTime TradedOn { get; set; } }
        public class Order { public int Id { get; set; } public string? Number { get; set; } public string? Note { get; set; } public DateTime Placed { get; set; } public DateTime CreatedAt { get; set; } }
        public class Customer { public int Id { get; set; } public string? Name { get; set; } }
        public class OutboxMessage { public Guid Id { get; set; } public string? Body { get; set; } public DateTime At { get; set; } }
        public class ShopContext : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<Customer> Customers => Set<Customer>(); }
        public sealed class SqlBulkCopy { public string? DestinationTableName { get; set; } public void WriteToServer(System.Data.DataTable table) { } }

        public sealed record RawTrade(DateOnly Day, string Symbol, string Price, DateTimeOffset At);
        [ReplacePartition(nameof(Day))] public sealed record DailyTrade(DateOnly Day, string Symbol, DateTime LoadedFor);
        """;

    private static readonly IReadOnlyList<(string File, string Name, string[] Ids, string Code)> All =
    [
        .. Directory.GetFiles(Repository.Path("tests", "TypedPipelines.Analyzers.Tests", "Corpus"), "*.cs").Order(StringComparer.Ordinal)
            .SelectMany(file => Cases().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")).Select(found => (
                Path.GetFileNameWithoutExtension(file),
                found.Groups["name"].Value,
                found.Groups["ids"].Value.Split(' ').Where(id => id != "nothing").ToArray(),
                found.Groups["code"].Value))),
    ];

    public static TheoryData<string, string> Names => [.. All.Select(one => (one.File, one.Name))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_case_is_marked_by_what_it_says_and_nothing_else(string file, string name)
    {
        (_, _, string[] ids, string code) = All.Single(one => one.File == file && one.Name == name);
        var compilation = Analysis.Compile(Known + code, Types);
        Analysis.ShouldCompile(compilation);
        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(compilation, Analysis.AllAnalyzers);
        found.Select(diagnostic => diagnostic.Id).Order().ShouldBe(ids.Order(), string.Join('\n', found));
    }

    [Fact]
    public void There_are_enough_of_them_and_half_are_left_alone()
    {
        All.Count.ShouldBeGreaterThanOrEqualTo(150);
        All.Count(one => one.Ids.Length == 0).ShouldBeGreaterThanOrEqualTo(All.Count / 2);
        All.Select(one => (one.File, one.Name)).ShouldBeUnique();
    }

    [GeneratedRegex("^//// (?<name>.+) => (?<ids>.+)\n(?<code>(?:(?!////).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Cases();
}
