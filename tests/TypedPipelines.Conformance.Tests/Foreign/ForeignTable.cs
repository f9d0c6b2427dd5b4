using System.Data.Common;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.PostgreSql;

namespace TypedPipelines.Conformance.Tests.Foreign;

/// <summary>A table with something on it, loaded and held against the model after every load.</summary>
internal sealed class ForeignTable(TestDatabase database, Destination destination, ForeignObject thing, Way way) : IAsyncDisposable
{
    private readonly TestContract _contract = way.Contract();
    private readonly string _role = $"loader_{Guid.NewGuid():n}";
    private IDestination _loader = database.Destination;
    private IReadOnlyList<Row> _rows = [];

    internal async Task CreateAsync()
    {
        string create = destination switch
        {
            Destination.Sqlite => _contract.SqliteTexts.CreateTable,
            Destination.PostgreSql => _contract.PostgreSqlTexts.CreateTable,
            _ => _contract.SqlServerTexts.CreateTable,
        };
        foreach (string sql in (string[])[.. thing.Before(destination), thing.Create(create, destination), .. thing.After(destination)])
        {
            database.Execute(sql);
        }

        await database.PrepareAsync(_contract);
        if (thing.ByRole)
        {
            database.Execute($"create role {_role} login; grant usage on schema typed_pipelines to {_role}; grant all on all tables in schema typed_pipelines to {_role}; grant all on t to {_role}");
            _loader = new PostgreSqlDestination(
                $"{((PostgreSqlTestDatabase)database).ConnectionString};Username={_role};Pooling=False", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        }

        _rows = Found();
    }

    public async ValueTask DisposeAsync()
    {
        if (_loader != database.Destination)
        {
            await ((PostgreSqlDestination)_loader).DisposeAsync();
            database.Execute($"drop owned by {_role}; drop role {_role}");
        }
    }

    /// <summary>Loads a batch, and compares the rows, the counts and what was audited.</summary>
    /// <returns>Whether it was loaded; if not, it was refused, and rightly.</returns>
    internal async Task<bool> LoadAsync(int day, Row[] batch)
    {
        string what = $"{way}, day {day}: {string.Join(", ", batch.Select(row => row.ToString()))}\ninto {string.Join(", ", _rows.Select(row => row.ToString()))}";
        Change change = Model.Of(way, thing, _rows, day, batch);
        Dictionary<string, string> kept = Kept();
        if (thing.Audits)
        {
            database.Execute("delete from audit");
        }

        LoadedTable? loaded = null;
        try
        {
            loaded = await LoadAsync(TestDatabase.Day($"2024-03-0{day}"), [.. batch.Select(row => row.Values)]);
        }
        catch (PipelineException e)
        {
            (thing.Refuses(change) || thing.MayRefuse(change)).ShouldBeTrue($"{what}\n{e}");
            // A policy is a matter of the loader's rights; and where old rows are kept, nothing is wrong with the new ones.
            bool keepsOld = e.What.StartsWith("rows that are in the table ", StringComparison.Ordinal);
            e.Kind.ShouldBe(thing.ByRole || keepsOld ? FailureKind.Destination : FailureKind.Row, what);
            (keepsOld && change.Deleted.Count == 0).ShouldBeFalse(what);
            e.Message.ShouldContain(keepsOld ? "could not be deleted" : thing.Says.ShouldNotBeNull());
            Found().ShouldBe(_rows, ignoreOrder: true, what);
            return false;
        }

        thing.Refuses(change).ShouldBeFalse(what);
        (loaded.Staged, loaded.Superseded, loaded.Inserted, loaded.Updated, loaded.Deleted)
            .ShouldBe((batch.Length, 0, change.Inserted.Count, change.Updated.Count, change.Deleted.Count), what);
        // Of a merge the rows count that are there by their key, whoever brought them.
        loaded.Loaded.ShouldBe(way.Strategy == LoadStrategy.Merge ? batch.Count(row => change.Rows.Any(there => there.K == row.K)) : change.Inserted.Count, what);
        (await database.EntryAsync(TestDatabase.Day($"2024-03-0{day}")))!.Counts.ShouldBe(new RowCounts(batch.Length, loaded.Loaded, batch.Length - loaded.Loaded, 0), what);
        Found().ShouldBe(change.Rows, ignoreOrder: true, what);
        if (thing.Audits)
        {
            database.List<string>($"select {(destination == Destination.SqlServer ? "what + ' ' + k" : "what || ' ' || k")} from audit").ShouldBe(change.Events, ignoreOrder: true, what);
        }

        if (thing.Child is { } child)
        {
            database.Count(child).ShouldBe(1, what);
        }

        if (way.Strategy == LoadStrategy.Merge)
        {
            Dictionary<string, string> now = Kept();
            kept.Keys.ShouldAllBe(key => now[key] == kept[key], what);
        }

        _rows = change.Rows;
        return true;
    }

    private async Task<LoadedTable> LoadAsync(Partition day, object?[][] rows)
    {
        await _loader.PrepareAsync([_contract], CancellationToken.None);
        await using IPartitionSession session = await _loader.BeginAsync(TestDatabase.NewRun(day), TimeSpan.FromSeconds(30), CancellationToken.None);
        await TestDatabase.StageAsync(session, _contract, day, rows);
        return (await session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None))[0];
    }

    /// <summary>Every column of every row, those of others included.</summary>
    internal string Everything()
    {
        using DbConnection connection = database.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "select * from t";
        using DbDataReader reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(RowText.Of([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]));
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private List<Row> Found() => [.. database.Rows(_contract).Select(row => new Row((string)row[0]!, ((DateOnly)row[1]!).Day, (long?)row[2]))];

    private Dictionary<string, string> Kept() => thing.KeptColumn is null || way.Strategy != LoadStrategy.Merge
        ? []
        : database.List<(string K, long Kept)>($"select k, {thing.KeptColumn} from t").ToDictionary(row => row.K, row => row.Kept.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
