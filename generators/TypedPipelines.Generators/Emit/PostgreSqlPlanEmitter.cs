using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.PostgreSql;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the load SQL for PostgreSQL as readable constants, and the plan that the destination runs them from.</summary>
internal static class PostgreSqlPlanEmitter
{
    public const string Instance = "PostgreSql.Plan";

    private const string Runtime = "global::TypedPipelines.PostgreSql.";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        PostgreSqlSqlTexts sql = PostgreSqlSql.Of(contract);
        writer.Line("/// <summary>What runs at PostgreSQL, statement by statement.</summary>");
        using (writer.Braces("private static class PostgreSql"))
        {
            SqlConstants.Emit(writer, "CreateSchema", sql.CreateSchema);
            SqlConstants.Emit(writer, "CreateTable", sql.CreateTable);
            for (int i = 0; i < sql.CreateIndexes.Count; i++)
            {
                SqlConstants.Emit(writer, SqlConstants.Numbered("CreateIndex", i), sql.CreateIndexes[i].Sql);
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

    private static void EmitPlan(SourceWriter writer, PostgreSqlSqlTexts sql)
    {
        using (writer.Braces($"internal static readonly {Runtime}PostgreSqlLoadPlan Plan = new()", "};"))
        {
            writer.Line($"Table = {Text.Literal(sql.Table)},");
            Optional(writer, "CreateSchema", sql.CreateSchema);
            writer.Line("CreateTable = CreateTable,");
            List(writer, "CreateIndexes", sql.CreateIndexes.Select((index, i) =>
                $"new({Text.Literal(index.Name)}, {SqlConstants.Numbered("CreateIndex", i)}),"));
            List(writer, "Definitions", sql.Definitions.Select(definition => Text.Literal(definition) + ","));
            writer.Line($"Staging = {Text.Literal(sql.Staging)},").Line("CreateStaging = CreateStaging,").Line("Stage = Stage,");
            Optional(writer, "IndexStaging", sql.IndexStaging);
            Optional(writer, "FindDuplicates", sql.FindDuplicates);
            Optional(writer, "KeepLatest", sql.KeepLatest);
            Optional(writer, "FindConflict", sql.FindConflict);
            if (sql.CountMissing is { } countMissing)
            {
                writer.Line($"CountMissing = {Statement(new LoadStatement("CountMissing", LoadStatement.None, countMissing))},");
            }

            List(writer, "Publish", sql.Publish.Select(statement => Statement(statement) + ","));
            writer.Line("Read = Read,");
            Optional(writer, "ReadWindow", sql.ReadWindow);
        }
    }

    private static string Statement(LoadStatement statement)
    {
        int parameters = PostgreSqlDialect.ParametersOf(statement.Sql);
        return $"new({Runtime}PostgreSqlEffect.{statement.Effect}, {statement.Name}{(parameters == 0 ? "" : $", Parameters: {Text.Literal(parameters)}")})";
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
