using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.Sqlite;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the load SQL for SQLite as readable constants, and the plan that the destination runs them from.</summary>
internal static class SqlitePlanEmitter
{
    public const string Instance = "Sqlite.Plan";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        SqliteSqlTexts sql = SqliteSql.Of(contract);
        writer.Line("/// <summary>What runs at SQLite, statement by statement.</summary>");
        using (writer.Braces("private static class Sqlite"))
        {
            SqlConstants.Emit(writer, "CreateTable", sql.CreateTable);
            for (int i = 0; i < sql.CreateIndexes.Count; i++)
            {
                SqlConstants.Emit(writer, SqlConstants.Numbered("CreateIndex", i), sql.CreateIndexes[i]);
            }

            SqlConstants.Emit(writer, "CreateStaging", sql.CreateStaging);
            SqlConstants.Emit(writer, "Stage", sql.Stage);
            SqlConstants.Emit(writer, "IndexStaging", sql.IndexStaging);
            SqlConstants.Emit(writer, "FindDuplicates", sql.FindDuplicates);
            SqlConstants.Emit(writer, "KeepLatest", sql.KeepLatest);
            SqlConstants.Emit(writer, "FindConflict", sql.FindConflict);
            SqlConstants.Emit(writer, "CountMissing", sql.CountMissing);
            foreach (LoadStatement statement in sql.Publish)
            {
                SqlConstants.Emit(writer, statement.Name, statement.Sql);
            }

            SqlConstants.Emit(writer, "Read", sql.Read);
            SqlConstants.Emit(writer, "ReadWindow", sql.ReadWindow);
            EmitPlan(writer, sql);
        }
    }

    private static void EmitPlan(SourceWriter writer, SqliteSqlTexts sql)
    {
        using (writer.Braces("internal static readonly global::TypedPipelines.Sqlite.SqliteLoadPlan Plan = new()", "};"))
        {
            writer.Line("CreateTable = CreateTable,");
            writer.Line($"CreateIndexes = [{string.Join(", ", SqlConstants.Names("CreateIndex", sql.CreateIndexes.Count))}],");
            writer.Line("CreateStaging = CreateStaging,").Line("Stage = Stage,");
            foreach ((string name, string? text) in new[] { ("IndexStaging", sql.IndexStaging), ("FindDuplicates", sql.FindDuplicates), ("KeepLatest", sql.KeepLatest), ("FindConflict", sql.FindConflict), ("CountMissing", sql.CountMissing) })
            {
                if (text is not null)
                {
                    writer.Line($"{name} = {name},");
                }
            }

            writer.Line("Publish =").Line("[");
            using (writer.Indent())
            {
                foreach (LoadStatement statement in sql.Publish)
                {
                    writer.Line($"new(global::TypedPipelines.Sqlite.SqliteEffect.{statement.Effect}, {statement.Name}),");
                }
            }

            writer.Line("],").Line("Read = Read,");
            if (sql.ReadWindow is not null)
            {
                writer.Line("ReadWindow = ReadWindow,");
            }
        }
    }
}
