namespace TypedPipelines.Analyzers.Tests.Values;

/// <summary>Code that uses a database without a pipeline, and has nothing wrong but what a test puts into it.</summary>
internal static class DatabaseCode
{
    public const string Usings = """
        using System.Data;
        using System.Data.Common;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Logging;
        using Npgsql;

        """;

    private const string Rows = """

        public record class Daily { public int Id { get; set; } public DateTime Day { get; set; } public int Key { get; set; } public decimal Total { get; set; } }
        public class Order { public int Id { get; set; } public string? Number { get; set; } public DateTime Placed { get; set; } }
        public class ShopContext : DbContext { public DbSet<Order> Orders => Set<Order>(); }

        """;

    /// <summary>A class <c>Store</c> with these members.</summary>
    public static string Class(string members) => Usings + $$"""
        public class Store
        {
            {{members}}
        }
        """ + Rows;
}
