using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.SqlServer;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the load SQL for SQL Server as readable constants, and the plan that the destination runs them from.</summary>
internal static class SqlServerPlanEmitter
{
    public const string Instance = "SqlServer.Plan";

    private const string Runtime = "global::TypedPipelines.SqlServer.";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        SqlServerSqlTexts sql = SqlServerSql.Of(contract);
        writer.Line("/// <summary>What runs at SQL Server, statement by statement.</summary>");
        using (writer.Braces("private static class SqlServer"))
        {
            SqlConstants.Emit(writer, "CreateSchema", sql.CreateSchema);
            SqlConstants.Emit(writer, "CreateTable", sql.CreateTable);
            for (int i = 0; i < sql.CreateIndexes.Count; i++)
            {
                SqlConstants.Emit(writer, SqlConstants.Numbered("CreateIndex", i), sql.CreateIndexes[i].Sql);
            }

            SqlConstants.Emit(writer, "CreateStaging", sql.CreateStaging);
            SqlConstants.Emit(writer, "DropStaging", sql.DropStaging);
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

    private static void EmitPlan(SourceWriter writer, SqlServerSqlTexts sql)
    {
        using (writer.Braces($"internal static readonly {Runtime}SqlServerLoadPlan Plan = new()", "};"))
        {
            writer.Line($"Table = {Text.Literal(sql.Table)},");
            Optional(writer, "CreateSchema", sql.CreateSchema);
            writer.Line("CreateTable = CreateTable,");
            List(writer, "CreateIndexes", sql.CreateIndexes.Select((index, i) =>
                $"new({Text.Literal(index.Name)}, {SqlConstants.Numbered("CreateIndex", i)}),"));
            List(writer, "Definitions", sql.Definitions.Select(definition => Text.Literal(definition) + ","));
            writer.Line($"Staging = {Text.Literal(sql.Staging)},").Line("CreateStaging = CreateStaging,").Line("DropStaging = DropStaging,");
            Optional(writer, "IndexStaging", sql.IndexStaging);
            Optional(writer, "FindDuplicates", sql.FindDuplicates);
            Optional(writer, "KeepLatest", sql.KeepLatest);
            Optional(writer, "FindConflict", sql.FindConflict);
            Optional(writer, "CountMissing", sql.CountMissing);
            List(writer, "Publish", sql.Publish.Select(statement => $"new({Runtime}SqlServerEffect.{statement.Effect}, {statement.Name}),"));
            writer.Line("Read = Read,");
            Optional(writer, "ReadWindow", sql.ReadWindow);
        }
    }

    private static void Optional(SourceWriter writer, string name, string? sql)
    {
        if (sql is not null)
        {
            writer.Line($"{name} = {name},");
        }
    }

    private static void List(SourceWriter writer, string name, IEnumerable<string> items)
    {
        string[] lines = [.. items];
        if (lines.Length == 0)
        {
            writer.Line($"{name} = [],");
            return;
        }

        writer.Line($"{name} =").Line("[");
        using (writer.Indent())
        {
            foreach (string line in lines)
            {
                writer.Line(line);
            }
        }

        writer.Line("],");
    }
}
