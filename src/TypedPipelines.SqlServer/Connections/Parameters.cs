using System.Data;
using System.Data.SqlTypes;
using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>Parameters of exact types: the driver would take a time for a datetime, which has no more than 3 milliseconds, and give each length of text a plan of its own.</summary>
internal static class Parameters
{
    /// <summary>Longer texts are of the type without a limit.</summary>
    private const int LongestText = 4000;

    internal static SqlParameter Of(string name, object? value) => value switch
    {
        null => new SqlParameter(name, SqlDbType.NVarChar, LongestText) { Value = DBNull.Value },
        string text => new SqlParameter(name, SqlDbType.NVarChar, text.Length <= LongestText ? LongestText : -1) { Value = text },
        DateOnly date => new SqlParameter(name, SqlDbType.Date) { Value = date.ToDateTime(TimeOnly.MinValue) },
        DateTimeOffset instant => new SqlParameter(name, SqlDbType.DateTimeOffset) { Scale = 7, Value = instant.ToUniversalTime() },
        Guid id => new SqlParameter(name, SqlDbType.UniqueIdentifier) { Value = id },
        int number => new SqlParameter(name, SqlDbType.Int) { Value = number },
        long number => new SqlParameter(name, SqlDbType.BigInt) { Value = number },
        double real => new SqlParameter(name, SqlDbType.Float) { Value = real },
        SqlDouble { IsNull: true } => new SqlParameter(name, SqlDbType.Float) { Value = DBNull.Value },
        _ => throw new ArgumentException($"no parameter type for {value.GetType()}", nameof(value)),
    };
}
