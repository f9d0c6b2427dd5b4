using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// Methods of the project that hide a client's, whatever they are called: one of their parameters says that it is SQL, and they speak of commands.
/// </summary>
internal static class Wrappers
{
    private static readonly HashSet<string> Sql = new(StringComparer.OrdinalIgnoreCase) { "sql", "cmdText", "commandText", "sqlQuery", "sqlText", "sqlStatement", "sqlCommand", "statement", "query", "strSql" };

    private static readonly Regex OfCommands = new("Command|Cmd|Execute|NonQuery|Connection|Reader|Transaction|Dapper", RegexOptions.CultureInvariant);

    /// <summary>What is known of each method; it holds none longer than its compilation does.</summary>
    private static readonly ConditionalWeakTable<IMethodSymbol, object> Known = new();

    /// <summary>The argument that such a method takes for SQL; null where the call is of another.</summary>
    public static IOperation? TextOf(IInvocationOperation call)
    {
        // Asked for each call of a project: nothing is made before the parameters have said something.
        foreach (IParameterSymbol parameter in call.TargetMethod.Parameters)
        {
            if (parameter.Type.SpecialType == SpecialType.System_String && Sql.Contains(parameter.Name))
            {
                return (bool)Known.GetValue(call.TargetMethod.OriginalDefinition, static method => Sends(method))
                    ? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value
                    : null;
            }
        }

        return null;
    }

    private static bool Sends(IMethodSymbol method) =>
        !method.Name.StartsWith("Log", StringComparison.Ordinal)
        && method.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax().DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && OfCommands.IsMatch(token.ValueText)));
}
