//// a name in quotes => TP1011
public sealed class Search(IDbConnection db)
{
    public IEnumerable<Trade> By(string symbol) => db.Query<Trade>($"select * from trades where symbol = '{symbol}'");
}

//// a name as a parameter => nothing
public sealed class Search(IDbConnection db)
{
    public IEnumerable<Trade> By(string symbol) => db.Query<Trade>("select * from trades where symbol = @symbol", new { symbol });
}

//// a date in quotes, with a format => TP1011
public sealed class Search(SqliteConnection connection)
{
    public object? By(DateTime day)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from trades where day = '{day:yyyy-MM-dd}'";
        return command.ExecuteScalar();
    }
}

//// a price in an update => TP1011
public sealed class Prices(IDbConnection db)
{
    public void Set(int id, decimal price) => db.Execute("update prices set price = " + price + " where id = " + id);
}

//// an id in a condition => nothing
public sealed class Prices(IDbConnection db)
{
    public void Delete(int id) => db.Execute($"delete from prices where id = {id}");
}

//// a table whose name is a variable => nothing
public sealed class Tables(IDbConnection db)
{
    public int Count(string table) => db.ExecuteScalar<int>($"select count(*) from {table} where active = 1");
}

//// conditions that are put together => nothing
public sealed class Search(IDbConnection db)
{
    public IEnumerable<Trade> Find(string? symbol, int? top)
    {
        var conditions = new List<string>();
        if (symbol is not null)
        {
            conditions.Add("symbol = @symbol");
        }

        var where = conditions.Count > 0 ? " where " + string.Join(" and ", conditions) : "";
        return db.Query<Trade>($"select * from trades{where} order by id", new { symbol, top });
    }
}

//// a pattern => TP1011
public sealed class Search(IDbConnection db)
{
    public IEnumerable<Trade> Like(string text) => db.Query<Trade>($"select * from trades where symbol like '%{text}%'");
}

//// a pattern that is a parameter => nothing
public sealed class Search(IDbConnection db)
{
    public IEnumerable<Trade> Like(string text) => db.Query<Trade>("select * from trades where symbol like @pattern", new { pattern = $"%{text}%" });
}

//// a setting of the session => nothing
public sealed class Sessions(IDbConnection db)
{
    public void Use(string zone) => db.Execute($"set time zone '{zone}'");
}

//// a user with a password => nothing
public sealed class Users(IDbConnection db)
{
    public void Create(string name, string password) => db.Execute($"create user \"{name}\" with password '{password}'");
}

//// constants in quotes => nothing
public sealed class States(IDbConnection db)
{
    private const string Open = "open";
    public void Close() => db.Execute($"update invoices set state = 'closed' where state = '{Open}'");
}

//// a text that is only shown => nothing
public sealed class Hints
{
    public string For(string symbol) => $"try: select * from trades where symbol = '{symbol}'";
}

//// a count before an insert => TP1010
public sealed class Countries(IDbConnection db)
{
    public void Add(string code)
    {
        if (db.ExecuteScalar<int>("select count(*) from countries where code = @code", new { code }) == 0)
        {
            db.Execute("insert into countries (code) values (@code)", new { code });
        }
    }
}

//// a lookup before an insert, and an early return => TP1010
public sealed class Countries(IDbConnection db)
{
    public int Id(string code)
    {
        var id = db.QueryFirstOrDefault<int?>("select id from countries where code = @code", new { code });
        if (id is not null)
        {
            return id.Value;
        }

        return db.ExecuteScalar<int>("insert into countries (code) values (@code) returning id", new { code });
    }
}

//// an upsert in its place => nothing
public sealed class Countries(IDbConnection db)
{
    public void Add(string code) => db.Execute("insert into countries (code) values (@code) on conflict (code) do nothing", new { code });
}

//// T-SQL that asks first => TP1010
public sealed class Countries(IDbConnection db)
{
    public void Add(string code) => db.Execute("IF NOT EXISTS (SELECT 1 FROM countries WHERE code = @code) INSERT INTO countries (code) VALUES (@code)", new { code });
}

//// T-SQL that locks what it asks for => nothing
public sealed class Countries(IDbConnection db)
{
    public void Add(string code) => db.Execute("IF NOT EXISTS (SELECT 1 FROM countries WITH (UPDLOCK, HOLDLOCK) WHERE code = @code) INSERT INTO countries (code) VALUES (@code)", new { code });
}

//// a serializable transaction => nothing
public sealed class Countries(NpgsqlConnection db)
{
    public void Add(string code)
    {
        using var transaction = db.BeginTransaction(IsolationLevel.Serializable);
        if (db.ExecuteScalar<int>("select count(*) from countries where code = @code", new { code }, transaction) == 0)
        {
            db.Execute("insert into countries (code) values (@code)", new { code }, transaction);
        }

        transaction.Commit();
    }
}

//// a count of something else => TP1002
public sealed class Countries(IDbConnection db)
{
    public void Add(string code)
    {
        if (db.ExecuteScalar<int>("select count(*) from continents where code = @code", new { code }) == 0)
        {
            return;
        }

        db.Execute("insert into countries (code) values (@code)", new { code });
    }
}

//// a schema that is made where it is not there => nothing
public sealed class Schema(IDbConnection db)
{
    public void Ensure()
    {
        if (db.ExecuteScalar<int>("select count(*) from sqlite_master where name = 'countries'") == 0)
        {
            db.Execute("create table countries (code text primary key)");
        }
    }
}

//// a bracket inside of quotes => nothing
public sealed class Json(IDbConnection db)
{
    public object? Read(string path) => db.ExecuteScalar($"select body ->> '{path}' from documents where id = 1");
}
