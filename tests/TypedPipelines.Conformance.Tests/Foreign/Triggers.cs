namespace TypedPipelines.Conformance.Tests.Foreign;

/// <summary>Triggers as people write them: none of those for SQL Server says <c>set nocount on</c>.</summary>
internal static class Triggers
{
    internal const string AuditTable = "create table audit (what varchar(10), k varchar(100))";

    /// <summary>Notes every row, after it is written or before.</summary>
    internal static string[] Audit(Destination destination, string time) => destination switch
    {
        Destination.Sqlite =>
        [
            $"create trigger audit_insert {time} insert on t begin insert into audit values ('insert', new.k); end",
            $"create trigger audit_update {time} update on t begin insert into audit values ('update', new.k); end",
            $"create trigger audit_delete {time} delete on t begin insert into audit values ('delete', old.k); end",
        ],
        Destination.PostgreSql =>
        [
            "create function note() returns trigger language plpgsql as $f$ begin insert into audit values (lower(tg_op), coalesce(new.k, old.k)); return coalesce(new, old); end $f$",
            $"create trigger note {time} insert or update or delete on t for each row execute function note()",
        ],
        _ =>
        [
            """
            create trigger note on t after insert, update, delete as
            insert into audit
            select case when d.k is null then 'insert' when i.k is null then 'delete' else 'update' end, coalesce(i.k, d.k)
            from inserted as i full join deleted as d on i.k = d.k
            """,
        ],
    };

    /// <summary>Makes odd values even.</summary>
    internal static string[] RoundDown(Destination destination) => destination switch
    {
        Destination.Sqlite =>
        [
            .. new[] { "insert", "update" }.Select(kind =>
                $"create trigger even_{kind} after {kind} on t when new.v % 2 <> 0 begin update t set v = new.v - new.v % 2 where rowid = new.rowid; end"),
        ],
        Destination.PostgreSql =>
        [
            "create function even() returns trigger language plpgsql as $f$ begin new.v := new.v - new.v % 2; return new; end $f$",
            "create trigger even before insert or update on t for each row execute function even()",
        ],
        _ =>
        [
            """
            create trigger even on t after insert, update as
            update t set v = t.v - t.v % 2 from t join inserted as i on i.k = t.k and i.day = t.day where t.v % 2 <> 0
            """,
        ],
    };

    /// <summary>Leaves out what can be divided by three.</summary>
    internal static string[] LeaveOut(Destination destination, string table = "t") => destination == Destination.Sqlite
        ?
        [
            .. new[] { "insert", "update" }.Select(kind => $"create trigger leave_out_{kind} before {kind} on {table} when new.v % 3 = 0 begin select raise(ignore); end"),
        ]
        :
        [
            "create function leave_out() returns trigger language plpgsql as $f$ begin return case when new.v % 3 = 0 then null else new end; end $f$",
            $"create trigger leave_out before insert or update on {table} for each row execute function leave_out()",
        ];

    /// <summary>Keeps what can be divided by three from being deleted, without an error.</summary>
    internal static string[] Keep(Destination destination) => destination switch
    {
        Destination.Sqlite => ["create trigger keep before delete on t when old.v % 3 = 0 begin select raise(ignore); end"],
        Destination.PostgreSql =>
        [
            "create function keep() returns trigger language plpgsql as $f$ begin return case when old.v % 3 = 0 then null else old end; end $f$",
            "create trigger keep before delete on t for each row execute function keep()",
        ],
        _ => ["create trigger keep on t instead of delete as delete t from t join deleted as d on d.id = t.id where t.v % 3 <> 0"],
    };

    /// <summary>Changes a column of what comes in, where the value can be divided by three.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="column">The column.</param>
    /// <param name="other">What it becomes, as SQL.</param>
    internal static string[] Change(Destination destination, string column, string other) => destination switch
    {
        Destination.Sqlite => [$"create trigger change after insert on t when new.v % 3 = 0 begin update t set {column} = {other} where rowid = new.rowid; end"],
        Destination.PostgreSql =>
        [
            $"create function change() returns trigger language plpgsql as $f$ begin if new.v % 3 = 0 then new.{column} := {other}; end if; return new; end $f$",
            "create trigger change before insert on t for each row execute function change()",
        ],
        _ => [$"create trigger change on t after insert as update t set {column} = {other} from t join inserted as i on i.id = t.id where i.v % 3 = 0"],
    };

    /// <summary>Notes every row that is deleted.</summary>
    internal static string[] NoteDeletions(Destination destination) => destination switch
    {
        Destination.Sqlite => ["create trigger note after delete on t begin insert into audit values ('delete', old.v); end"],
        Destination.PostgreSql =>
        [
            "create function note() returns trigger language plpgsql as $f$ begin insert into audit values ('delete', old.v::text); return old; end $f$",
            "create trigger note before delete on t for each row execute function note()",
        ],
        _ => ["create trigger note on t after delete as insert into audit select 'delete', cast(d.v as varchar(20)) from deleted as d"],
    };
}
