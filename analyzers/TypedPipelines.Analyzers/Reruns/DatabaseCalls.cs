using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Recognises calls into ADO.NET and Dapper.</summary>
internal static class DatabaseCalls
{
    /// <summary>The expression that gives a command its SQL text; null where the operation is no such thing.</summary>
    public static IOperation? CommandTextOf(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "CommandText" } property } } assignment
            when IsCommand(property.ContainingType) => assignment.Value,
        IObjectCreationOperation { Arguments.Length: > 0, Constructor.ContainingType: { } type } creation => TextArgument(creation.Arguments) is { } text && (IsCommand(type) || type.Is("Dapper", "CommandDefinition")) ? text : null,
        IInvocationOperation { TargetMethod: var method } call when TakesText(method) => TextArgument(call.Arguments),
        IInvocationOperation { TargetMethod: var method } call when IsNamedLikeCommand(method.Name) || IsWrapper(method) => Statement(TextArgument(call.Arguments)),
        IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.Length: > 0 } } call when Wrappers.TextOf(call) is { } text => Statement(text),
        _ => UnboundCalls.CommandTextOf(operation),
    };

    /// <summary>Whether a name says that the method sends SQL, whoever wrote it.</summary>
    public static bool IsNamedLikeCommand(string name) => name.Contains("Execute") || name.Contains("NonQuery") || name.EndsWith("Command", StringComparison.Ordinal) || name.StartsWith("Query", StringComparison.Ordinal) || name.Contains("RunSql");

    /// <summary>Whether a method that is not the BCL's has a name by which people hide a client's: <c>SaveData(sql, row)</c>, <c>ExecSql</c>, <c>RunQuery</c>.</summary>
    private static bool IsWrapper(IMethodSymbol method) =>
        (method.Name.StartsWith("Exec", StringComparison.Ordinal) || method.Name.StartsWith("SaveData", StringComparison.Ordinal) || method.Name.StartsWith("RunQuery", StringComparison.Ordinal) || method.Name.Contains("Sql"))
        && !method.Name.StartsWith("Log", StringComparison.Ordinal)
        && method.ContainingNamespace is not { Name: "System" } and not { ContainingNamespace.Name: "System" };

    /// <summary>A text that is SQL; null where it may be anything.</summary>
    public static IOperation? Statement(IOperation? text) => text is not null && CommandText.Of(text) is { } sql && InsertJudge.IsStatement(sql) ? text : null;

    public static bool IsCommand(ITypeSymbol type) =>
        InheritsFrom(type, "DbCommand") || InheritsFrom(type, "DbBatchCommand") || Implements(type, "IDbCommand");

    /// <summary>Whether a type is one of SQL Server's client.</summary>
    public static bool IsOfSqlServer(ITypeSymbol? type) =>
        type is { Name: "SqlConnection" or "SqlCommand" } && type.ContainingNamespace?.ToDisplayString() is "Microsoft.Data.SqlClient" or "System.Data.SqlClient";

    /// <summary>Whether a value of the type lets whoever gets it write to the database.</summary>
    public static bool IsHandle(ITypeSymbol? type) =>
        type is not null && (Implements(type, "IDbConnection") || Implements(type, "IDbTransaction") || Implements(type, "IDbCommand") || InheritsFrom(type, "DbDataSource"));

    private static bool TakesText(IMethodSymbol method) => method.Name switch
    {
        "CreateCommand" => InheritsFrom(method.ContainingType, "DbDataSource"),
        "BeginBinaryImport" or "BeginBinaryImportAsync" or "BeginTextImport" or "BeginTextImportAsync" or "BeginRawBinaryCopy" or "BeginRawBinaryCopyAsync" =>
            method.ContainingType.Is("Npgsql", "NpgsqlConnection"),
        "ExecuteSqlCommand" or "ExecuteSqlCommandAsync" or "ExecuteSql" or "ExecuteSqlAsync"
            or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "ExecuteSqlInterpolated" or "ExecuteSqlInterpolatedAsync" => IsOfEntityFramework(method.ContainingType),
        _ => IsDapper(method),
    };

    private static bool IsOfEntityFramework(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is "Microsoft.EntityFrameworkCore" or "System.Data.Entity";

    private static bool IsDapper(IMethodSymbol method) =>
        (method.Name.StartsWith("Execute", StringComparison.Ordinal) || method.Name.StartsWith("Query", StringComparison.Ordinal))
        && method.ContainingType.Is("Dapper", "SqlMapper");

    // The first by declaration: named arguments may come in any order.
    private static IOperation? TextArgument(ImmutableArray<IArgumentOperation> arguments)
    {
        IArgumentOperation? first = null;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && IsText(parameter.Type) && (first is null || parameter.Ordinal < first.Parameter!.Ordinal))
            {
                first = argument;
            }
        }

        return first?.Value;
    }

    private static bool IsText(ITypeSymbol type) => type.SpecialType == SpecialType.System_String || type.Is("System", "FormattableString");

    private static bool InheritsFrom(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Is("System.Data.Common", name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Implements(ITypeSymbol type, string name) =>
        type.Is("System.Data", name) || type.AllInterfaces.Any(implemented => implemented.Is("System.Data", name));
}
