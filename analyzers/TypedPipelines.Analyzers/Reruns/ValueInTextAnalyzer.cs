using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>TP1011: values that are written into the text of SQL.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValueInTextAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor ValueInText = Rule.Warning(
        RuleIds.ValueInText,
        "A value in the text of SQL",
        "'{0}' is written into the text of this SQL: what it contains can change or break the statement, and dates and numbers come out as the machine's culture writes them; pass it as a parameter");

    /// <summary>Methods that take a composed text for what it is: they make parameters of its holes.</summary>
    private static readonly string[] MakeParameters = ["ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ValueInText];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        SqlFiles.Provide(context);
        context.RegisterOperationAction(static operation => Analyze(operation), OperationKind.SimpleAssignment, OperationKind.ObjectCreation, OperationKind.Invocation, OperationKind.Invalid);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (DatabaseCalls.CommandTextOf(context.Operation) is not { } text
            || text.ConstantValue.HasValue
            || (context.Operation is IInvocationOperation { TargetMethod: var method } && (MakeParameters.Contains(method.Name) || method.Parameters.Any(static parameter => parameter.Type.Name == "FormattableString")))
            || CommandText.Of(text) is not { } sql
            || sql.IndexOf(SqlLexer.Hole) < 0
            || !CodeScope.IsAsked(context.ContainingSymbol))
        {
            return;
        }

        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(sql, backslashEscapes: false);
        foreach (IOperation part in Parts(text).Where(static part => IsValue(part.Type)))
        {
            string hole = SqlLexer.Hole + part.Syntax.ToString() + SqlLexer.Hole;
            if (IsInValue(tokens, hole, part.Type!))
            {
                context.ReportDiagnostic(Diagnostic.Create(ValueInText, part.Syntax.GetLocation(), part.Syntax.ToString()));
            }
        }
    }

    /// <summary>The expressions that are filled into a text which stands where it is used.</summary>
    internal static IEnumerable<IOperation> Parts(IOperation text) => text switch
    {
        IConversionOperation conversion => Parts(conversion.Operand),
        IParenthesizedOperation parenthesized => Parts(parenthesized.Operand),
        IInterpolatedStringOperation interpolated => interpolated.Parts.OfType<IInterpolationOperation>().Where(static part => !part.Expression.ConstantValue.HasValue).Select(static part => part.Expression),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Parts(sum.LeftOperand).Concat(Parts(sum.RightOperand)),
        IInvocationOperation call when FormattedText.Of(call) is var (_, values) => values.Where(static value => !value.ConstantValue.HasValue),
        ILocalReferenceOperation local => InitialOf(local) is { } initial ? Parts(initial) : [],
        { ConstantValue.HasValue: true } => [],
        _ => [text],
    };

    private static IOperation? InitialOf(ILocalReferenceOperation local)
    {
        foreach (IOperation operation in OperationTree.Root(local).Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local))
            {
                IOperation? initial = declarator.GetVariableInitializer()?.Value;
                return initial is IInterpolatedStringOperation or IBinaryOperation or IInvocationOperation { TargetMethod.Name: "Format" } ? initial : null;
            }
        }

        return null;
    }

    /// <summary>Texts, and what a culture writes in its own way: whole numbers and GUIDs come out the same everywhere.</summary>
    private static bool IsValue(ITypeSymbol? type) => Underlying(type) is { } value && (
        value.SpecialType is SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_DateTime
        || value.Is("System", "DateTimeOffset") || value.Is("System", "DateOnly") || value.Is("System", "TimeOnly") || value.Is("System", "TimeSpan"));

    private static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } inner } ? inner[0] : type;

    private static bool IsInValue(IReadOnlyList<SqlToken> tokens, string hole, ITypeSymbol type)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            int at = tokens[i].Value.IndexOf(hole, StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            // In quotes: '{name}'. A name in quotes is not a value, and neither is a text that the database runs, or a path of JSON.
            if (tokens[i].Kind == SqlTokenKind.Text)
            {
                return !(i > 1 && tokens[i - 1].Is('(') && (tokens[i - 2].Is("exec") || tokens[i - 2].Is("execute"))) && !(i > 0 && tokens[i - 1].Is('>')) && IsComparedOrWritten(tokens, i);
            }

            // Without quotes a string is a part of the statement rather than a value; a number or a date can be nothing else.
            if (tokens[i].Kind == SqlTokenKind.Word && tokens[i].Value == hole && type.SpecialType is not (SpecialType.System_String or SpecialType.System_Char))
            {
                return IsComparedOrWritten(tokens, i);
            }
        }

        return false;
    }

    /// <summary>Whether something stands where a parameter could: in a list of values, or behind a comparison.</summary>
    private static bool IsComparedOrWritten(IReadOnlyList<SqlToken> tokens, int at)
    {
        SqlToken before = at > 0 ? tokens[at - 1] : default;
        return at > 0 && (before.Is('=') || before.Is('<') || before.Is('>') || before.Is('(') || before.Is(',') || before.Is("like") || before.Is("between") || before.Is("and") || before.Is("select"))
            && !IsDefinition(tokens);
    }

    /// <summary>Definitions take no parameters: <c>create user ... password '...'</c>, <c>alter</c>, <c>set</c>, <c>attach</c>, <c>pragma</c>.</summary>
    private static bool IsDefinition(IReadOnlyList<SqlToken> tokens) =>
        new[] { "create", "alter", "drop", "set", "attach", "pragma", "grant", "backup", "restore", "copy", "use", "kill", "dbcc", "exec", "execute", "load", "bulk", "vacuum", "notify", "listen", "if", "declare", "begin", "show" }.Any(word => tokens.WordAt(0, word));
}
