using Npgsql;
using NpgsqlTypes;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// The loads as one would write them over Npgsql: a pooled connection, typed binary COPY, one transaction. No lock, no ledger, no check.
/// </summary>
internal sealed class PostgreSqlByHand : IDisposable
{
    private const string Columns = "order_id, customer_id, order_date, status, sku, quantity, unit_price, discount, currency, note";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    internal PostgreSqlByHand(NpgsqlDataSource source)
    {
        _connection = source.OpenConnection();
        _transaction = _connection.BeginTransaction();
    }

    internal void Insert(OrderByDay[] rows) => Copy("order_by_day", rows);

    internal void InsertThroughStaging(OrderByDay[] rows)
    {
        Run("create temp table staged (like order_by_day) on commit drop");
        Copy("staged", rows);
        Run($"insert into order_by_day ({Columns}) select {Columns} from staged");
    }

    internal void DeleteDay(DateOnly day)
    {
        using var delete = new NpgsqlCommand("delete from order_by_day where order_date = $1", _connection) { Parameters = { new NpgsqlParameter<DateOnly> { TypedValue = day } } };
        delete.ExecuteNonQuery();
    }

    /// <summary>Sorted by the key, for pages that are near each other are read and written once.</summary>
    internal void Merge(OrderById[] rows) => Merge(() => Copy("staged", rows));

    /// <summary>Merges what is copied into a temporary table.</summary>
    internal void Merge(Action copy)
    {
        Run("create temp table staged (like order_by_id) on commit drop");
        copy();
        Run($"""
            insert into order_by_id ({Columns})
            select {Columns} from staged order by order_id
            on conflict (order_id) do update set
                customer_id = excluded.customer_id, order_date = excluded.order_date, status = excluded.status, sku = excluded.sku, quantity = excluded.quantity,
                unit_price = excluded.unit_price, discount = excluded.discount, currency = excluded.currency, note = excluded.note
            """);
    }

    /// <summary>Begins a COPY that takes bytes as they are.</summary>
    internal NpgsqlRawCopyStream BeginCopy(string table) => _connection.BeginRawBinaryCopy($"copy {table} ({Columns}) from stdin (format binary)");

    internal void Commit() => _transaction.Commit();

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private void Copy(string table, OrderByDay[] rows)
    {
        using NpgsqlBinaryImporter copy = _connection.BeginBinaryImport($"copy {table} ({Columns}) from stdin (format binary)");
        foreach (ref readonly OrderByDay order in rows.AsSpan())
        {
            Write(copy, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }

        copy.Complete();
    }

    private void Copy(string table, OrderById[] rows)
    {
        using NpgsqlBinaryImporter copy = _connection.BeginBinaryImport($"copy {table} ({Columns}) from stdin (format binary)");
        foreach (ref readonly OrderById order in rows.AsSpan())
        {
            Write(copy, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }

        copy.Complete();
    }

    private static void Write(
        NpgsqlBinaryImporter copy, long id, int customer, DateOnly date, string status, string sku, int quantity, decimal price, decimal discount, string currency, string? note)
    {
        copy.StartRow();
        copy.Write(id, NpgsqlDbType.Bigint);
        copy.Write(customer, NpgsqlDbType.Integer);
        copy.Write(date, NpgsqlDbType.Date);
        copy.Write(status, NpgsqlDbType.Text);
        copy.Write(sku, NpgsqlDbType.Text);
        copy.Write(quantity, NpgsqlDbType.Integer);
        copy.Write(price, NpgsqlDbType.Numeric);
        copy.Write(discount, NpgsqlDbType.Numeric);
        copy.Write(currency, NpgsqlDbType.Text);
        if (note is null)
        {
            copy.WriteNull();
        }
        else
        {
            copy.Write(note, NpgsqlDbType.Text);
        }
    }

    private void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
