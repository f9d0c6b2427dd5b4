using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// The loads as one would write them over ADO.NET: a pooled connection, one prepared command with its parameters for all rows, one
/// transaction. No lock, no ledger, no check.
/// </summary>
internal sealed class SqliteByHand : IDisposable
{
    private const string Columns = "order_id, customer_id, order_date, status, sku, quantity, unit_price, discount, currency, note";

    private const string OnConflict = """
        on conflict (order_id) do update set
            customer_id = excluded.customer_id, order_date = excluded.order_date, status = excluded.status, sku = excluded.sku, quantity = excluded.quantity,
            unit_price = excluded.unit_price, discount = excluded.discount, currency = excluded.currency, note = excluded.note
        """;

    /// <summary>The statement that puts one order into a table of them by day.</summary>
    internal const string InsertOne = $"insert into order_by_day ({Columns}) {Values}";

    /// <summary>The statement that merges one order into a table of them by id.</summary>
    internal const string MergeOne = $"insert into order_by_id ({Columns}) {Values} {OnConflict}";

    private const string Values = "values ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly List<sqlite3_stmt> _statements = [];

    internal SqliteByHand(string file)
    {
        _connection = new SqliteConnection($"Data Source={file}");
        _connection.Open();
        using (var durable = new SqliteCommand("pragma synchronous = full", _connection))
        {
            durable.ExecuteNonQuery();
        }

        _transaction = _connection.BeginTransaction();
    }

    internal void Insert(OrderByDay[] rows)
    {
        using SqliteCommand insert = Prepared(InsertOne);
        foreach (ref readonly OrderByDay order in rows.AsSpan())
        {
            Run(insert, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }
    }

    internal void InsertThroughStaging(OrderByDay[] rows)
    {
        Run("create temp table staged as select * from order_by_day where false");
        using (SqliteCommand insert = Prepared($"insert into staged ({Columns}) {Values}"))
        {
            foreach (ref readonly OrderByDay order in rows.AsSpan())
            {
                Run(insert, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
            }
        }

        Run($"insert into order_by_day ({Columns}) select {Columns} from staged order by order_date, order_id");
        Run("drop table staged");
    }

    internal void DeleteDay(DateOnly day)
    {
        using SqliteCommand delete = Command("delete from order_by_day where order_date = $day");
        delete.Parameters.AddWithValue("$day", Text(day));
        delete.ExecuteNonQuery();
    }

    /// <summary>Sorted, for pages that are near each other are read and written once.</summary>
    internal void Merge(OrderById[] rows)
    {
        using SqliteCommand upsert = Prepared(MergeOne);
        foreach (OrderById order in rows.OrderBy(order => order.OrderId))
        {
            Run(upsert, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }
    }

    internal void MergeThroughStaging(OrderById[] rows)
    {
        Run("create temp table staged as select * from order_by_id where false");
        using (SqliteCommand insert = Prepared($"insert into staged ({Columns}) {Values}"))
        {
            foreach (ref readonly OrderById order in rows.AsSpan())
            {
                Run(insert, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
            }
        }

        Run($"insert into order_by_id ({Columns}) select {Columns} from staged where true order by order_id {OnConflict}");
        Run("drop table staged");
    }

    /// <summary>Prepares a statement of SQLite's own.</summary>
    internal sqlite3_stmt Prepare(string sql)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_connection.Handle, sql, out sqlite3_stmt statement), _connection.Handle);
        _statements.Add(statement);
        return statement;
    }

    internal void Commit() => _transaction.Commit();

    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        _transaction.Dispose();
        _connection.Dispose();
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Run(
        SqliteCommand command, long id, int customer, DateOnly date, string status, string sku, int quantity, decimal price, decimal discount, string currency, string? note)
    {
        SqliteParameterCollection parameters = command.Parameters;
        parameters[0].Value = id;
        parameters[1].Value = customer;
        parameters[2].Value = Text(date);
        parameters[3].Value = status;
        parameters[4].Value = sku;
        parameters[5].Value = quantity;
        parameters[6].Value = (double)price;
        parameters[7].Value = (double)discount;
        parameters[8].Value = currency;
        parameters[9].Value = note ?? (object)DBNull.Value;
        command.ExecuteNonQuery();
    }

    private void Run(string sql)
    {
        using SqliteCommand command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepared(string sql)
    {
        SqliteCommand command = Command(sql);
        for (int i = 0; i < 10; i++)
        {
            command.Parameters.Add(new SqliteParameter($"${i}", null));
        }

        command.Prepare();
        return command;
    }

    private SqliteCommand Command(string sql) => new(sql, _connection, _transaction);
}
