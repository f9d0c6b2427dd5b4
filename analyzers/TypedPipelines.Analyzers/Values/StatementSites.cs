using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Values;

/// <summary>What SQL commands write: their parameters, what is written into their text, and what the engine itself puts in.</summary>
internal sealed class StatementSites(IOperation command, IOperation text, string sql, ValueTrace trace)
{
    private readonly IReadOnlyList<SqlToken> _tokens = SqlLexer.Read(sql, backslashEscapes: false);
    private List<WrittenColumn>? _columns;

    private List<WrittenColumn> Columns => _columns ??= WrittenColumns.In(_tokens);

    /// <summary>The statement that a command runs; null where the operation is none, or it writes nothing that can be placed.</summary>
    public static StatementSites? Of(IOperation command, ValueTrace trace)
    {
        if (DatabaseCalls.CommandTextOf(command) is not { } text || CommandText.Of(text) is not { } sql)
        {
            return null;
        }

        var sites = new StatementSites(command, text, sql, trace);
        return sites.Columns.Count > 0 ? sites : null;
    }

    /// <summary>The table that the statement inserts into, where it does nothing else.</summary>
    public string? InsertedTable => Columns.TrueForAll(static column => !column.IsUpdate) ? Columns[0].Table : null;

    /// <summary>The object that is the command, where a local or parameter holds it: its parameters may be set elsewhere.</summary>
    public ISymbol? Holder => command switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: var instance } } => MemberFlow.SymbolOf(instance) ?? DeclaredBy(command.Parent?.Parent),
        ISimpleAssignmentOperation { Target: IInvalidOperation target } => MemberFlow.SymbolOf(target.ChildOperations.FirstOrDefault()),
        IObjectCreationOperation or IInvalidOperation => DeclaredBy(command.Parent is IConversionOperation ? command.Parent.Parent : command.Parent),
        _ => null,
    };

    /// <summary>The columns that a parameter is written to.</summary>
    public IEnumerable<(string? Table, string? Column)> ColumnsOf(string parameter)
    {
        string name = Plain(parameter);
        return Columns
            .Where(column => Enumerable.Range(column.Start, column.End - column.Start).Any(i => IsParameter(i) && string.Equals(Plain(_tokens[i].Value), name, StringComparison.OrdinalIgnoreCase)))
            .Select(column => (column.Table, column.Column ?? name))
            .Cast<(string?, string?)>();
    }

    /// <summary>The values that stand in the text, and the objects whose members are its parameters.</summary>
    public IEnumerable<WriteSite> Sites()
    {
        foreach (IOperation row in Rows())
        {
            yield return new WriteSite(row, WriteTarget.OfParameters(Parameters()));
        }

        foreach (WrittenColumn column in Columns)
        {
            for (int i = column.Start; i < column.End; i++)
            {
                // ExecuteSqlRaw("... values ({0}, {1})", day, rate)
                if (_tokens[i].Is('{') && i + 2 < column.End && _tokens[i + 2].Is('}') && int.TryParse(_tokens[i + 1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int position) && Positional.ElementAtOrDefault(position) is { } positional)
                {
                    yield return new WriteSite(positional, WriteTarget.Of(column.Table, column.Column));
                }

                foreach (string hole in HolesOf(_tokens[i]))
                {
                    if (OperationOf(hole) is { } value)
                    {
                        yield return new WriteSite(value, WriteTarget.Of(column.Table, column.Column));
                    }
                }
            }
        }
    }

    /// <summary>What the engine puts into a column that is another value on the next run.</summary>
    public IEnumerable<(ChangingValue Value, string Table, string? Column)> OfEngine()
    {
        foreach ((SqlToken token, string name, _, RunDependence kind) in RunDependentSql.In(_tokens))
        {
            foreach (WrittenColumn column in Columns)
            {
                bool isIn = column.Start < column.End && column.Start < _tokens.Count && _tokens[column.Start].Start <= token.Start && token.End <= _tokens[column.End - 1].End;
                if (isIn && name != "nextval()" && !name.StartsWith("txid", StringComparison.Ordinal))
                {
                    yield return (new ChangingValue(name, ChangingValues.Instead(kind), kind, text.Syntax.GetLocation()), column.Table, column.Column);
                }
            }
        }
    }

    /// <summary>What EF Core fills into <c>{0}</c> and so on.</summary>
    private IEnumerable<IOperation> Positional =>
        command is IInvocationOperation { TargetMethod.Name: "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "ExecuteSqlCommand" or "ExecuteSqlCommandAsync" } call
            ? call.Arguments.Select(static argument => Unwrapped(argument.Value)).OfType<IArrayCreationOperation>().Take(1).SelectMany(static array => array.Initializer?.ElementValues ?? [])
            : [];

    private static IOperation Unwrapped(IOperation value) => value is IConversionOperation conversion ? Unwrapped(conversion.Operand) : value;

    /// <summary>The objects whose members are the parameters: Dapper's <c>param</c>, or one that is made for the purpose.</summary>
    private IEnumerable<IOperation> Rows() => command switch
    {
        IInvocationOperation call => OfArguments(call.Arguments),
        IObjectCreationOperation creation => OfArguments(creation.Arguments),
        IInvalidOperation unbound => unbound.ChildOperations.Where(IsMadeForIt),
        _ => [],
    };

    private IEnumerable<IOperation> OfArguments(IEnumerable<IArgumentOperation> arguments) => arguments
        .Where(argument => argument.Value.Syntax != text.Syntax && (argument.Parameter?.Name is "param" or "parameters" || IsMadeForIt(argument.Value)))
        .Select(static argument => argument.Value);

    private static bool IsMadeForIt(IOperation value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value.Type is { IsAnonymousType: true } || value.Type?.Name == "DynamicParameters";
    }

    private ILookup<string, (string?, string?)> Parameters() => Columns
        .SelectMany(column => Enumerable.Range(column.Start, column.End - column.Start).Where(IsParameter).Select(i => (Name: Plain(_tokens[i].Value), Column: column)))
        .ToLookup(static use => use.Name, static use => ((string?)use.Column.Table, (string?)(use.Column.Column ?? use.Name)), StringComparer.OrdinalIgnoreCase);

    private bool IsParameter(int at) =>
        _tokens[at].Kind == SqlTokenKind.Word && _tokens[at].Value.Length > 1 && _tokens[at].Value[0] is '@' or ':' or '$' && !_tokens[at].Value.StartsWith("::", StringComparison.Ordinal);

    /// <summary>A parameter's name without its sign, and without PostgreSQL's cast behind it.</summary>
    private static string Plain(string parameter)
    {
        string name = parameter.TrimStart('@', ':', '$', '?');
        int cast = name.IndexOf("::", StringComparison.Ordinal);
        return cast < 0 ? name : name.Substring(0, cast);
    }

    private static IEnumerable<string> HolesOf(SqlToken token)
    {
        string[] parts = token.Value.Split(SqlLexer.Hole);
        return parts.Where((_, index) => index % 2 == 1);
    }

    /// <summary>The expression that is filled in, by its text.</summary>
    private IOperation? OperationOf(string hole) =>
        Parts(text, 0).Concat(Appended()).FirstOrDefault(operation => operation is not IArgumentOperation && operation.Syntax.ToString() == hole);

    /// <summary>What a builder has been given that is the text.</summary>
    private IEnumerable<IOperation> Appended() => text is IInvocationOperation { TargetMethod.Name: "ToString", Instance: ILocalReferenceOperation { Type.Name: "StringBuilder" } }
        ? OperationTree.Root(text).Descendants().OfType<IInvocationOperation>().Where(static call => call.TargetMethod.ContainingType is { Name: "StringBuilder" }).SelectMany(static call => call.Arguments).SelectMany(static argument => argument.Descendants())
        : [];

    private IEnumerable<IOperation> Parts(IOperation of, int depth) => of.DescendantsAndSelf().SelectMany(operation =>
        operation is ILocalReferenceOperation local && depth < 3 ? trace.Flow.ValuesOf(local.Local).SelectMany(value => Parts(value, depth + 1)).Prepend(operation) : [operation]);

    private static ISymbol? DeclaredBy(IOperation? parent) => parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
        IObjectOrCollectionInitializerOperation { Parent: { } creation } => DeclaredBy(creation.Parent is IConversionOperation ? creation.Parent.Parent : creation.Parent),
        IObjectCreationOperation creation => DeclaredBy(creation.Parent is IConversionOperation ? creation.Parent.Parent : creation.Parent),
        _ => null,
    };
}
