using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Values;

/// <summary>Parameters of commands that are set one by one: <c>Parameters.AddWithValue</c>, <c>new SqlParameter</c>, <c>parameter.Value = ...</c>.</summary>
internal static class ParameterSites
{
    /// <summary>The values of all parameters that are set in a member, with the columns of the statements that use them.</summary>
    public static IEnumerable<WriteSite> In(IReadOnlyList<IOperation> operations, IReadOnlyList<StatementSites> statements, ValueTrace trace)
    {
        var positions = new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default);
        foreach (IOperation operation in operations)
        {
            if ((Set(operation, trace) ?? Positional(operation, positions)) is not var (name, value, holder))
            {
                continue;
            }

            bool isKnown = holder is not null && statements.Any(statement => SymbolEqualityComparer.Default.Equals(statement.Holder, holder));
            foreach (StatementSites statement in statements)
            {
                if (isKnown ? !SymbolEqualityComparer.Default.Equals(statement.Holder, holder) : statements.Count > 1 && statement.Holder is not null && holder is not null)
                {
                    continue;
                }

                foreach ((string? table, string? column) in statement.ColumnsOf(name))
                {
                    yield return new WriteSite(value, WriteTarget.Of(table, column));
                }
            }
        }
    }

    private static (string Name, IOperation Value, ISymbol? Command)? Set(IOperation operation, ValueTrace trace)
    {
        switch (operation)
        {
            // command.Parameters.AddWithValue("@day", day), command.Parameters.Add("@day", day), AddParameter(command, "@day", day), Bind(command, "@day", day)
            case IInvocationOperation { Arguments: { Length: >= 2 } passed } call
                when call.TargetMethod.Name == "AddWithValue" || call.TargetMethod.Name.Contains("Param") || passed.Any(static argument => argument.Parameter?.Type is { } type && DatabaseCalls.IsCommand(type)):
                return Named(call.Arguments) is var (name, value) ? (name, value, CommandOf(call)) : null;

            // The same, of a client whose package is not there now.
            case IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddWithValue" } } } unbound:
                IOperation[] given = [.. unbound.ChildOperations];
                return given.Length >= 2 && given[given.Length - 2].ConstantValue is { HasValue: true, Value: string unboundName }
                    ? (unboundName, given[given.Length - 1], HolderOf(given[0]))
                    : null;

            // command.Parameters.Add("@day", SqlDbType.Date).Value = day
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Value", Instance: IInvocationOperation { TargetMethod.Name: "Add" } add } } assignment
                when (TextOf(add.Arguments.FirstOrDefault()) ?? (add.Arguments.Length == 1 ? MadeAs(add.Arguments[0].Value) : null)) is { } added: // Add(new SqlParameter("@day", SqlDbType.Date)).Value
                return (added, assignment.Value, CommandOf(add));

            // command.Parameters["@day"].Value = day
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Value", Instance: { } indexed } } assignment
                when Unwrapped(indexed) is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } index } of && TextOf(index[0]) is { } named:
                return (named, assignment.Value, CommandOf(of.Instance));

            // new SqlParameter("@day", day)
            case IObjectCreationOperation { Type: { } type } creation when IsParameter(type):
                return creation.Arguments.Length >= 2 && creation.Arguments[1].Parameter?.Name == "value" && TextOf(creation.Arguments[0]) is { } made
                    ? (made, creation.Arguments[1].Value, CommandOf(creation.Parent is IConversionOperation ? creation.Parent.Parent?.Parent : creation.Parent?.Parent))
                    : Initialized(creation);

            // var parameter = command.CreateParameter(); parameter.ParameterName = "@day"; parameter.Value = day;
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Value", Instance: ILocalReferenceOperation { Local: var local } }, Value: { } set } when IsParameter(local.Type):
                string? own = trace.Flow.MembersOf(local).Where(static member => member.Member == "ParameterName").Select(static member => member.Value.ConstantValue.Value as string).LastOrDefault()
                    ?? trace.Flow.ValuesOf(local).Select(MadeAs).LastOrDefault(static text => text is not null);
                return own is null ? null : (own, set, trace.Flow.ValuesOf(local).Select(CommandOf).FirstOrDefault());
            default:
                return null;
        }
    }

    /// <summary>Npgsql's parameters without a name, which the statement calls $1, $2: <c>command.Parameters.AddWithValue(day)</c>.</summary>
    private static (string Name, IOperation Value, ISymbol? Command)? Positional(IOperation operation, Dictionary<ISymbol, int> positions)
    {
        if (operation is not IInvocationOperation { TargetMethod.Name: "AddWithValue", Arguments: { Length: 1 } arguments } call || CommandOf(call) is not { } command)
        {
            return null;
        }

        positions[command] = positions.TryGetValue(command, out int before) ? before + 1 : 1;
        return (positions[command].ToString(CultureInfo.InvariantCulture), arguments[0].Value, command);
    }

    /// <summary>The name in <c>new SqlParameter("@day", SqlDbType.Date)</c> or <c>command.Parameters.Add("@day", SqlDbType.Date)</c>.</summary>
    private static string? MadeAs(IOperation value) => Unwrapped(value) switch
    {
        IObjectCreationOperation creation => TextOf(creation.Arguments.FirstOrDefault()),
        IInvocationOperation call => TextOf(call.Arguments.FirstOrDefault()),
        _ => null,
    };

    private static (string, IOperation, ISymbol?)? Initialized(IObjectCreationOperation creation)
    {
        string? name = TextOf(creation.Arguments.FirstOrDefault());
        IOperation? value = null;
        foreach (ISimpleAssignmentOperation assignment in creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
        {
            switch (assignment.Target)
            {
                case IPropertyReferenceOperation { Property.Name: "ParameterName" }:
                    name = assignment.Value.ConstantValue.Value as string;
                    break;
                case IPropertyReferenceOperation { Property.Name: "Value" }:
                    value = assignment.Value;
                    break;
            }
        }

        return name is not null && value is not null ? (name, value, null) : null;
    }

    private static (string, IOperation)? Named(IReadOnlyList<IArgumentOperation> arguments)
    {
        for (int i = 0; i + 1 < arguments.Count; i++)
        {
            if (TextOf(arguments[i]) is { } name)
            {
                return (name, arguments[i + 1].Value);
            }
        }

        return null;
    }

    /// <summary>The local or parameter that is the command, in <c>command.Parameters.Add(...)</c> or <c>Add(command, ...)</c>.</summary>
    private static ISymbol? CommandOf(IOperation? operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Parameters", Instance: { } command } => MemberFlow.SymbolOf(command),
        IInvocationOperation { Instance: { } instance } => CommandOf(instance) ?? MemberFlow.SymbolOf(instance),
        IInvocationOperation call => call.Arguments.Length > 0 ? MemberFlow.SymbolOf(call.Arguments[0].Value) : null,
        IConversionOperation conversion => CommandOf(conversion.Operand),
        _ => null,
    };

    /// <summary>The local behind what cannot be bound.</summary>
    private static ISymbol? HolderOf(IOperation? unbound)
    {
        while (unbound is IInvalidOperation)
        {
            unbound = unbound.ChildOperations.FirstOrDefault();
        }

        return MemberFlow.SymbolOf(unbound);
    }

    private static bool IsParameter(ITypeSymbol type) =>
        type.AllInterfaces.Any(static implemented => implemented.Is("System.Data", "IDataParameter")) || type.Is("System.Data", "IDbDataParameter");

    private static string? TextOf(IArgumentOperation? argument) => argument?.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    private static IOperation Unwrapped(IOperation value) => value is IConversionOperation conversion ? Unwrapped(conversion.Operand) : value;
}
