using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.PostgreSql;
using TypedPipelines.Compilation.Emit.Sqlite;
using TypedPipelines.Compilation.Emit.SqlServer;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the load SQL for a destination as readable constants, and the plan that the destination runs them from.</summary>
internal sealed class PlanEmitter
{
    private readonly string _class;
    private readonly string _display;
    private readonly Func<ContractModel, LoadTexts> _textsOf;

    /// <summary>How many of the slice's parameters a statement takes, where the destination must be told.</summary>
    private readonly Func<string, int>? _parametersOf;

    private PlanEmitter(string name, string display, Func<ContractModel, LoadTexts> textsOf, Func<string, int>? parametersOf = null)
    {
        _class = name;
        _display = display;
        _textsOf = textsOf;
        _parametersOf = parametersOf;
    }

    private static readonly PlanEmitter Sqlite = new("Sqlite", "SQLite", SqliteSql.Of);
    private static readonly PlanEmitter PostgreSql = new("PostgreSql", "PostgreSQL", PostgreSqlSql.Of, PostgreSqlDialect.ParametersOf);
    private static readonly PlanEmitter SqlServer = new("SqlServer", "SQL Server", SqlServerSql.Of);

    /// <summary>The plan, as the contract's class names it.</summary>
    public string Instance => _class + ".Plan";

    /// <summary>Those of the destinations that the project references.</summary>
    public static IEnumerable<PlanEmitter> For(EnvironmentModel environment)
    {
        if (environment.HasSqlite)
        {
            yield return Sqlite;
        }

        if (environment.HasPostgreSql)
        {
            yield return PostgreSql;
        }

        if (environment.HasSqlServer)
        {
            yield return SqlServer;
        }
    }

    public void Emit(SourceWriter writer, ContractModel contract)
    {
        LoadTexts sql = _textsOf(contract);
        writer.Line($"/// <summary>What runs at {_display}, statement by statement.</summary>");
        using (writer.Braces($"private static class {_class}"))
        {
            SqlConstants.Emit(writer, "CreateSchema", sql.CreateSchema);
            SqlConstants.Emit(writer, "CreateTable", sql.CreateTable);
            for (int i = 0; i < sql.CreateIndexes.Count; i++)
            {
                SqlConstants.Emit(writer, SqlConstants.Numbered("CreateIndex", i), sql.CreateIndexes[i].Sql);
            }

            SqlConstants.Emit(writer, "CreateStaging", sql.CreateStaging);
            SqlConstants.Emit(writer, "DropStaging", sql.DropStaging);
            SqlConstants.Emit(writer, "Stage", sql.Stage);
            SqlConstants.Emit(writer, "IndexStaging", sql.IndexStaging);
            SqlConstants.Emit(writer, "FindDuplicates", sql.FindDuplicates);
            SqlConstants.Emit(writer, "KeepLatest", sql.KeepLatest);
            SqlConstants.Emit(writer, "FindConflict", sql.FindConflict);
            SqlConstants.Emit(writer, "CountMissing", sql.CountMissing);
            SqlConstants.Emit(writer, "ChangedTimes", sql.ChangedTimes);
            SqlConstants.Emit(writer, "MissingTimes", sql.MissingTimes);
            foreach (StatementText statement in sql.Publish)
            {
                SqlConstants.Emit(writer, statement.Name, statement.Sql);
                SqlConstants.Emit(writer, statement.FindKeptName, statement.FindKept);
                SqlConstants.Emit(writer, statement.CountFoundName, statement.CountFound);
                SqlConstants.Emit(writer, statement.CountAbsentName, statement.CountAbsent);
            }

            if (sql.Replaced is { } replaced)
            {
                SqlConstants.Emit(writer, "CreateKept", replaced.Create);
                SqlConstants.Emit(writer, "CreateKeptIndex", replaced.CreateIndex);
                SqlConstants.Emit(writer, "ForgetReplaced", replaced.Forget);
                SqlConstants.Emit(writer, "KeepReplaced", replaced.Keep);
                SqlConstants.Emit(writer, "ReadReplaced", replaced.Read);
            }

            SqlConstants.Emit(writer, "Fill", sql.Fill);
            SqlConstants.Emit(writer, "Upsert", sql.Upsert);
            SqlConstants.Emit(writer, "CountUnchanged", sql.CountUnchanged);
            SqlConstants.Emit(writer, "FindLongest", sql.FindLongest);
            SqlConstants.Emit(writer, "Copy", sql.Copy);
            for (int i = 0; i < sql.Checks.Count; i++)
            {
                SqlConstants.Emit(writer, SqlConstants.Numbered("Check", i), sql.Checks[i].Sql);
                SqlConstants.Emit(writer, SqlConstants.Numbered("CheckNorStaged", i), sql.Checks[i].NorStaged);
            }

            SqlConstants.Emit(writer, "Read", sql.Read);
            SqlConstants.Emit(writer, "ReadWindow", sql.ReadWindow);
            EmitPlan(writer, sql);
        }
    }

    private void EmitPlan(SourceWriter writer, LoadTexts sql)
    {
        using (writer.Braces($"internal static readonly global::TypedPipelines.{_class}.{_class}LoadPlan Plan = new()", "};"))
        {
            Value(writer, "Table", sql.Table);
            Constant(writer, "CreateSchema", sql.CreateSchema);
            Constant(writer, "CreateTable", sql.CreateTable);
            EmitIndexes(writer, sql.CreateIndexes);
            if (sql.Definitions is { } definitions)
            {
                List(writer, "Definitions", definitions.Select(definition => Text.Literal(definition) + ","));
            }

            if (sql.KeyBytes is { } keyBytes)
            {
                writer.Line($"KeyBytes = {Text.Literal(keyBytes)},");
            }

            Value(writer, "Staging", sql.Staging);
            Constant(writer, "CreateStaging", sql.CreateStaging);
            Constant(writer, "DropStaging", sql.DropStaging);
            Constant(writer, "Stage", sql.Stage);
            Constant(writer, "IndexStaging", sql.IndexStaging);
            Constant(writer, "FindDuplicates", sql.FindDuplicates);
            Constant(writer, "KeepLatest", sql.KeepLatest);
            Constant(writer, "FindConflict", sql.FindConflict);
            Query(writer, "CountMissing", sql.CountMissing);
            Query(writer, "ChangedTimes", sql.ChangedTimes);
            Query(writer, "MissingTimes", sql.MissingTimes);
            List(writer, "Publish", sql.Publish.Select(statement => Statement(statement) + ","));
            EmitReplaced(writer, sql.Replaced);
            Constant(writer, "Fill", sql.Fill);
            Constant(writer, "Upsert", sql.Upsert);
            Constant(writer, "CountUnchanged", sql.CountUnchanged);
            Constant(writer, "FindLongest", sql.FindLongest);
            Constant(writer, "Copy", sql.Copy);
            if (sql.Checks.Count > 0)
            {
                List(writer, "Checks", sql.Checks.Select(static (check, i) => Check(check, i) + ","));
            }

            Constant(writer, "Read", sql.Read);
            Constant(writer, "ReadWindow", sql.ReadWindow);
        }
    }

    private void EmitReplaced(SourceWriter writer, ReplacedText? replaced)
    {
        if (replaced is null)
        {
            return;
        }

        using (writer.Braces("Replaced = new()", "},"))
        {
            Value(writer, "Table", replaced.Table);
            writer.Line("Create = CreateKept,");
            if (replaced.CreateIndex is not null)
            {
                writer.Line("CreateIndex = CreateKeptIndex,");
            }

            writer.Line($"Forget = {Statement(new StatementText("ForgetReplaced", StatementText.None, replaced.Forget))},");
            writer.Line($"Keep = {Statement(new StatementText("KeepReplaced", StatementText.None, replaced.Keep))},");
            writer.Line($"Read = {Statement(new StatementText("ReadReplaced", StatementText.None, replaced.Read))},");
        }
    }

    private static void EmitIndexes(SourceWriter writer, IReadOnlyList<IndexText> indexes)
    {
        if (indexes.All(index => index.Name is null))
        {
            writer.Line($"CreateIndexes = [{string.Join(", ", SqlConstants.Names("CreateIndex", indexes.Count))}],");
            return;
        }

        List(writer, "CreateIndexes", indexes.Select((index, i) => $"new({Text.Literal(index.Name)}, {SqlConstants.Numbered("CreateIndex", i)}),"));
    }

    private string Statement(StatementText statement)
    {
        int parameters = _parametersOf?.Invoke(statement.Sql) ?? 0;
        string checks = statement.FindKept is not null ? $" {{ FindKept = {statement.FindKeptName} }}"
            : statement.CountFound is not null ? $" {{ CountFound = {Statement(new StatementText(statement.CountFoundName, StatementText.None, statement.CountFound))} }}"
            : statement.CountAbsent is not null ? $" {{ CountAbsent = {statement.CountAbsentName} }}"
            : "";
        return $"new(global::TypedPipelines.LoadEffect.{statement.Effect}, {statement.Name}{(parameters == 0 ? "" : $", Parameters: {Text.Literal(parameters)}")}){checks}";
    }

    private void Query(SourceWriter writer, string name, string? sql)
    {
        if (sql is not null)
        {
            writer.Line($"{name} = {Statement(new StatementText(name, StatementText.None, sql))},");
        }
    }

    private static string Check(CheckText check, int place) => $"new({Text.Literal(check.Check)}, {SqlConstants.Numbered("Check", place)})"
        + (check.NorStaged is null ? "" : $" {{ NorStaged = {SqlConstants.Numbered("CheckNorStaged", place)}, Other = {Text.Literal(check.Other)} }}");

    private static void Value(SourceWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.Line($"{name} = {Text.Literal(value)},");
        }
    }

    private static void Constant(SourceWriter writer, string name, string? sql)
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
