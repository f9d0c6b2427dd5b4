using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Values;

/// <summary>What the locals, and the objects in them, are given in one member. Read in one pass, when it is first asked for.</summary>
internal sealed class MemberFlow
{
    private static readonly IReadOnlyList<IOperation> None = [];

    private readonly Dictionary<ISymbol, List<IOperation>> _values = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<(string Member, IOperation Value)>> _members = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _elements = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<string>> _columns = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation> _collections = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<ISymbol>> _loopVariables = new(SymbolEqualityComparer.Default);

    public MemberFlow(IOperation root)
        : this(root.DescendantsAndSelf())
    {
    }

    /// <param name="operations">All operations of the member, in their order.</param>
    public MemberFlow(IEnumerable<IOperation> operations)
    {
        foreach (IOperation operation in operations)
        {
            Note(operation);
        }
    }

    /// <summary>All values that a local is given.</summary>
    public IReadOnlyList<IOperation> ValuesOf(ISymbol local) => _values.TryGetValue(local, out List<IOperation>? values) ? values : None;

    /// <summary>What is added to the collection in a local or parameter.</summary>
    public IReadOnlyList<IOperation> ElementsOf(ISymbol symbol) => _elements.TryGetValue(symbol, out List<IOperation>? elements) ? elements : None;

    /// <summary>What members of the object in a local or parameter are set to, or those of each element.</summary>
    public IEnumerable<(string Member, IOperation Value)> MembersOf(ISymbol symbol)
    {
        IEnumerable<(string, IOperation)> own = _members.TryGetValue(symbol, out List<(string, IOperation)>? members) ? members : [];
        return _loopVariables.TryGetValue(symbol, out List<ISymbol>? variables)
            ? own.Concat(variables.SelectMany(variable => _members.TryGetValue(variable, out List<(string, IOperation)>? of) ? of : []))
            : own;
    }

    /// <summary>The collection whose element a loop variable or a lambda's parameter is.</summary>
    public IOperation? CollectionOf(ISymbol element) => _collections.TryGetValue(element, out IOperation? collection) ? collection : null;

    private void Note(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer()?.Value is { } initial && !IsNothing(initial):
                Add(_values, declarator.Symbol, initial);
                break;
            case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: { } element } } loop:
                NoteElement(element, loop.Collection);
                break;
            case IAssignmentOperation assignment:
                NoteAssignment(assignment);
                break;
            case IInvocationOperation call:
                NoteCall(call);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when SymbolOf(argument.Value) is { } written:
                Add(_values, written, argument);
                break;
        }
    }

    private void NoteElement(ISymbol element, IOperation collection)
    {
        _collections[element] = collection;
        if (SymbolOf(Unwrapped(collection)) is { } whole)
        {
            Add(_loopVariables, whole, element);
        }
    }

    private void NoteAssignment(IAssignmentOperation assignment)
    {
        switch (assignment.Target)
        {
            case ILocalReferenceOperation local:
                Add(_values, local.Local, assignment.Value);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } cell when SymbolOf(cell.Instance) is { } row:
                if (cell.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string column })
                {
                    Add(_members, row, (column, assignment.Value));
                }

                break;
            case IMemberReferenceOperation { Instance: { } instance, Member: IPropertySymbol or IFieldSymbol } member when SymbolOf(instance) is { } holder:
                Add(_members, holder, (member.Member.Name, assignment.Value));
                break;
        }
    }

    private void NoteCall(IInvocationOperation call)
    {
        string name = call.TargetMethod.Name;
        if (SymbolOf(call.Instance) is { } holder)
        {
            if (name is "Add" or "Enqueue" or "Push" or "Insert" or "AddRange" or "AddLast")
            {
                if (call.Arguments.Length >= 2 && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string column })
                {
                    Add(_members, holder, (column, call.Arguments[1].Value)); // DynamicParameters.Add("day", day), Dictionary.Add
                }
                else if (call.Arguments.Length > 0)
                {
                    Add(_elements, holder, call.Arguments[call.Arguments.Length - 1].Value);
                }
            }
        }
        else if (name == "Add" && call is { Instance: IPropertyReferenceOperation { Instance: { } whole, Property.Name: var part }, Arguments.Length: > 0 } && SymbolOf(whole) is { } table)
        {
            NoteTable(table, part, call.Arguments[0].Value);
        }

        // orders.Select(order => ...), orders.ForEach(order => ...)
        IOperation? receiver = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (receiver is not null
                && LambdaOf(argument.Value) is { Symbol.Parameters: { Length: > 0 } parameters }
                && SymbolEqualityComparer.Default.Equals(ElementOf(receiver), parameters[0].Type))
            {
                NoteElement(parameters[0], receiver);
            }
        }
    }

    /// <summary><c>table.Columns.Add("day", ...)</c>, <c>table.Rows.Add(row)</c>, <c>table.Rows.Add(day, name)</c>.</summary>
    private void NoteTable(ISymbol table, string part, IOperation added)
    {
        if (part == "Columns")
        {
            IOperation name = added is IObjectCreationOperation { Arguments: { Length: > 0 } arguments } ? arguments[0].Value : added;
            Add(_columns, table, name.ConstantValue is { HasValue: true, Value: string text } ? text : "");
        }
        else if (part == "Rows" && added is IArrayCreationOperation { Initializer.ElementValues: var cells })
        {
            for (int i = 0; i < cells.Length && _columns.TryGetValue(table, out List<string>? columns) && i < columns.Count; i++)
            {
                Add(_members, table, (columns[i], cells[i]));
            }
        }
        else if (part == "Rows")
        {
            Add(_elements, table, added);
        }
    }

    /// <summary>A lambda that is passed as a delegate.</summary>
    public static IAnonymousFunctionOperation? LambdaOf(IOperation value) => value switch
    {
        IAnonymousFunctionOperation lambda => lambda,
        IDelegateCreationOperation creation => LambdaOf(creation.Target),
        IConversionOperation conversion => LambdaOf(conversion.Operand),
        _ => null,
    };

    /// <summary>The local or parameter that an expression is.</summary>
    public static ISymbol? SymbolOf(IOperation? expression) => expression switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IConversionOperation { IsImplicit: true } conversion => SymbolOf(conversion.Operand),
        _ => null,
    };

    /// <summary>Whether a value says no more than that there is none yet.</summary>
    public static bool IsNothing(IOperation value) => value switch
    {
        IConversionOperation conversion => IsNothing(conversion.Operand),
        IDefaultValueOperation => true,
        ILiteralOperation { ConstantValue: { HasValue: true, Value: null } } => true,
        _ => false,
    };

    private static IOperation Unwrapped(IOperation value) => value is IConversionOperation conversion ? Unwrapped(conversion.Operand) : value;

    private static ITypeSymbol? ElementOf(IOperation receiver)
    {
        ITypeSymbol? type = Unwrapped(receiver).Type;
        return type is IArrayTypeSymbol array ? array.ElementType
            : type is INamedTypeSymbol { TypeArguments.Length: 1 } named ? named.TypeArguments[0]
            : null;
    }

    private static void Add<T>(Dictionary<ISymbol, List<T>> to, ISymbol symbol, T value)
    {
        if (!to.TryGetValue(symbol, out List<T>? values))
        {
            to.Add(symbol, values = []);
        }

        values.Add(value);
    }
}
