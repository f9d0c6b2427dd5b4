using System.Collections.Frozen;

namespace TypedPipelines.SqlServer;

/// <summary>Error numbers of SQL Server, Azure SQL and the driver, by what they mean for a load.</summary>
internal static class ErrorNumbers
{
    /// <summary>A key is there already.</summary>
    internal const int UniqueConstraint = 2627;

    /// <summary>The transaction was a victim, and may succeed when it is tried again.</summary>
    internal static FrozenSet<int> Passing { get; } =
    [
        1205, // Deadlock.
        1222, // A time limit of somebody else's on the wait for a lock.
        3960, // Another snapshot transaction changed the row first.
        3935, 3961, // The row or its metadata changed in the meantime.
        41301, 41302, 41305, 41325, 41839, // The same of memory-optimised tables.
        10928, 10929, // Azure SQL: the database is at its limits.
        40501, // Azure SQL: the service is busy.
        49918, 49919, 49920, // Azure SQL: too much asked of the subscription.
    ];

    /// <summary>The server could not take the connection just now. Those of the network are left out that say the name or the address is wrong.</summary>
    internal static FrozenSet<int> WhileConnecting { get; } =
    [
        64, 121, 233, 10053, 10054, // Cut off while logging in.
        615, 4221, // Azure SQL: the database is being moved.
        926, 42108, 42109, // Azure SQL: it is waking up.
        10928, 10929,
        40143, 40197, 40501, 40540, 40613, // Azure SQL: it is busy, or being moved.
        49918, 49919, 49920,
    ];

    /// <summary>What the driver calls by a positive number and the server never said.</summary>
    internal static FrozenSet<int> OnTheWay { get; } =
        [2, 19, 20, 53, 64, 121, 233, 258, 1225, 1231, 1326, 10050, 10051, 10052, 10053, 10054, 10060, 10061, 10065, 11001];
}
