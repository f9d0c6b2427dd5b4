using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// Columns and tables that are there to say when, where and by which run something happened: a value that changes from run to run is
/// what they are for. Told by their names, and by what <c>.editorconfig</c> adds.
/// </summary>
internal sealed class WrittenNames(IEnumerable<string> more)
{
    private const string Happened = "created|creat|creation|create|updated|update|modified|modification|modify|inserted|insert|loaded|load|imported|import|changed|change|added|saved|stored|recorded|logged|log"
        + "|written|wrote|processed|started|finished|ended|completed|completion|closed|opened|executed|execution|synced|synchronized|sync|refreshed|refresh|published|sent|received|fetched|queued|enqueued"
        + "|dequeued|triggered|attempted|attempt|retried|retry|failed|succeeded|checked|seen|accessed|access|activity|login|visited|used|deleted|removed|archived|locked|lock|leased|lease|invisible|visible"
        + "|expires|expire|expired|expiry|expiration|heartbeat|ping|registered|issued|generated|captured|ingested|extracted|edited|touched|audit|audited|handled|delivered|dispatched|confirmed|acquired|released"
        + "|polled|scanned|indexed|verified|applied|installed|revoked|blocked|notified|posted|submitted|uploaded|downloaded|exported|replicated|migrated|claimed|reserved|cancelled|canceled|rejected|approved|occurred|enqueue|raised|viewed|played|discontinued|ends";

    private static readonly Regex Moment = new(
        $"^(is|dt|date|time|datetime|ts|utc|at|actual|last|first|next|row|rec|record|sys|etl|dw|dwh|meta|on|job|run|batch)*({Happened})(at|on|in|date|time|datetime|timestamp|stamp|ts|utc|when|dt|until|till|gmt|local|offset|by)*$",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// <c>PaidAt</c>, <c>sek_wrapped_at</c>: written as two words, which <c>format</c> is not. <c>TradedOn</c> may be a day that is loaded.
    /// </summary>
    private static readonly Regex SaysWhen = new("([a-z0-9]At|_(at|AT|At))(_?([Uu]tc|UTC))?$", RegexOptions.CultureInvariant);

    private static readonly Regex PlainMoment = new(
        "^((time|event|log|row|utc|last|next|start|end|run|sys|valid|effective)?(timestamp|ts|stamp)|.*(last|next|lock|lease|expir|heartbeat|timeout|duration|elapsed|took|latency|millis|seconds).*|logdate|logtime|eventtime|rowversion|version|etag|asof|started|ended|validfrom|validto|validuntil)$",
        RegexOptions.CultureInvariant);

    /// <summary>When something happened to the record, whatever the record is of: <c>FileCreateTime</c>, <c>row_inserted_on</c>.</summary>
    private static readonly Regex OfRecord = new(
        "(created|create|creation|updated|update|modified|modification|inserted|insert|loaded|imported|changed|added|saved|processed|synced|logged|generated|executed|deleted|archived)(at|on|date|time|datetime|timestamp|ts|utc)+$",
        RegexOptions.CultureInvariant);

    private static readonly string[] Ids =
    [
        "message", "correlation", "causation", "trace", "span", "request", "session", "run", "batch", "job", "execution", "process", "load", "lock", "lease", "owner", "worker", "instance", "event", "token",
        "stamp", "salt", "nonce", "secret", "password", "passwd", "hash", "rowversion", "version", "etag", "apikey", "invite", "operation", "conversation", "notification", "outbox", "audit", "log",
    ];

    private static readonly string[] Machines =
        ["machine", "host", "server", "user", "worker", "process", "instance", "node", "by", "source", "client", "thread", "owner", "agent", "app", "env", "computer", "holder", "pid"];

    private static readonly string[] RandomNumbers = ["salt", "nonce", "token", "secret", "password", "passwd", "jitter", "seed", "stamp", "code", "otp", "pin"];

    /// <summary>Tables of a program's own doings.</summary>
    private static readonly Regex Operational = new(
        "(log|logs|audit|audits|audittrail|outbox|inbox|lock|locks|lease|leases|session|sessions|token|tokens|heartbeat|heartbeats|metric|metrics|telemetry|trace|traces|queue|queues|history|histories|migration|migrations"
        + "|jobrun|jobruns|run|runs|execution|executions|error|errors|exception|exceptions|notification|notifications|message|messages|event|events|watermark|watermarks|checkpoint|checkpoints|versioninfo|logentry|logentries|activity|activities|job|jobs|worker|workers|server|servers|schemaversion|schemaversions|cache|email|emails|mail|mails|command|commands|jobmetadata)$",
        RegexOptions.CultureInvariant);

    /// <summary>Tables to which a row is added whenever something happened: on the next run it happened again.</summary>
    private static readonly Regex Log = new(
        "(log|logs|logentry|logentries|audit|audits|audittrail|auditentry|auditentries|heartbeat|heartbeats|error|errors|exception|exceptions"
        // A message's key refuses it the second time, and a migration is noted where it ran.
        + "|outbox|inbox|schemaversions?|versioninfo|(migrations?|schema)history|schemamigrations?|appliedmigrations?)$",
        RegexOptions.CultureInvariant);

    /// <summary>What a class of rows has behind the name of its table: <c>LevyAccountAuditModel</c>.</summary>
    private static readonly Regex RowSuffix = new("(?<=[a-z]{3})(models?|entity|entities|dtos?|records?|rows?|data|tables?)$", RegexOptions.CultureInvariant);

    private static readonly Regex History = new("(history|histories|revisions)$", RegexOptions.CultureInvariant);

    private readonly HashSet<string> _more = new(more.Select(Plain), StringComparer.Ordinal);

    /// <summary>Whether such a value belongs in the column.</summary>
    public bool Expect(RunDependence kind, string? table, string? column)
    {
        if (table is not null && Operational.IsMatch(Rows(table)))
        {
            return true;
        }

        if (column is null)
        {
            return false;
        }

        if (column.IndexOf(SqlLexer.Hole) >= 0)
        {
            return true; // Which column it is shows at run time only.
        }

        string name = Plain(column);
        return _more.Contains(name) || kind switch
        {
            RunDependence.Clock => SaysWhen.IsMatch(column) || Moment.IsMatch(name) || OfRecord.IsMatch(name) || PlainMoment.IsMatch(name),
            RunDependence.Id => Names(name, Ids),
            RunDependence.Machine => Names(name, Machines),
            RunDependence.Random => Names(name, RandomNumbers),
            _ => false,
        };
    }

    /// <summary>Whether a table is a log, in which a second run has its own rows.</summary>
    public static bool IsLog(string? table) => table is not null && Log.IsMatch(Rows(table));

    /// <summary>Whether a table keeps what other tables have held.</summary>
    public static bool IsHistory(string table) => History.IsMatch(Plain(table));

    /// <summary>A table's name, or that of the class of its rows, without what says no more than that.</summary>
    private static string Rows(string table)
    {
        string plain = Plain(table.Substring(table.LastIndexOf('.') + 1));
        return Operational.IsMatch(plain) ? plain : RowSuffix.Replace(plain, string.Empty);
    }

    private static bool Names(string name, string[] words) => words.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);

    /// <summary>Letters only, in lower case: <c>Created_At</c> and <c>createdAt</c> are one name.</summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsLetter(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }
}
