using System.Text.RegularExpressions;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Triggers that have a deletion pass over rows without an error, as those for soft deletes do: a load would leave old rows beside the
/// new ones.
/// </summary>
internal static partial class PassingTriggers
{
    /// <exception cref="PipelineException">The table has one.</exception>
    internal static void Refuse(SqliteDatabase database, TableContract contract)
    {
        if (!contract.PlanFor<SqliteLoadPlan>().Publish.Any(statement => statement.Effect is LoadEffect.Delete or LoadEffect.DeleteMissing))
        {
            return;
        }

        using SqliteQuery triggers = database.Prepare("select name, sql from main.sqlite_master where type = 'trigger' and tbl_name = @table collate nocase", ("@table", contract.Table));
        while (triggers.Step())
        {
            if (PassesOverDeletions().IsMatch(triggers.Text(1)!))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the table {contract.DisplayName} of {database.File} would keep rows that a load deletes, without an error: the trigger {triggers.Text(0)} says raise(ignore)",
                    "Nothing was changed. Take the trigger away, or have it say raise(abort, ...), which fails such a load.");
            }
        }
    }

    [GeneratedRegex(@"^(?:(?!\bbegin\b).)*?\bdelete\s+on\b.*\braise\s*\(\s*ignore\s*\)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PassesOverDeletions();
}
