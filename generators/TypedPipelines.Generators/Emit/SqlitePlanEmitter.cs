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
            SqlConstants.Emit(writer, "FindDuplicates", sql.FindDuplicates);
            SqlConstants.Emit(writer, "KeepLatest", sql.KeepLatest);
            for (int i = 0; i < sql.Publish.Count; i++)
            {
                SqlConstants.Emit(writer, PublishName(sql, i), sql.Publish[i].Sql);
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
            foreach ((string name, string? text) in new[] { ("FindDuplicates", sql.FindDuplicates), ("KeepLatest", sql.KeepLatest) })
            {
                if (text is not null)
                {
                    writer.Line($"{name} = {name},");
                }
            }

            writer.Line("Publish =").Line("[");
            using (writer.Indent())
            {
                for (int i = 0; i < sql.Publish.Count; i++)
                {
                    writer.Line($"new(global::TypedPipelines.Sqlite.SqliteEffect.{sql.Publish[i].Effect}, {PublishName(sql, i)}),");
                }
            }

            writer.Line("],").Line("Read = Read,");
            if (sql.ReadWindow is not null)
            {
                writer.Line("ReadWindow = ReadWindow,");
            }
        }
    }

    private static string PublishName(SqliteSqlTexts sql, int position) => "Publish" + sql.Publish[position].Effect;
}
