using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Analyzers.Values;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// Members that take rows out of a table and put them in again: TP1007, where the delete leaves some of the rows that are inserted; TP1008 and
/// TP1009, where nothing holds the two together.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WindowAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor OtherWindow = Rule.Warning(
        RuleIds.OtherWindow,
        "A delete that leaves rows which are inserted again",
        "The rows that this inserts into '{0}' are not all deleted before: the delete asks for other values of '{1}'; a second run inserts what it has left a second time; ask for the same window in both");

    internal static readonly DiagnosticDescriptor NoTransaction = Rule.Warning(
        RuleIds.DeleteWithoutTransaction,
        "A delete and an insert that nothing holds together",
        "Rows of '{0}' are deleted here and inserted below in another transaction: a run that ends in between leaves them deleted, and readers see them gone meanwhile; put both into one transaction");

    private static readonly DiagnosticDescriptor EmptiedTable = Rule.Warning(
        RuleIds.EmptiedTable,
        "A table that is empty until it is filled again",
        "'{0}' is emptied here and filled below in another transaction: a run that ends in between leaves it empty, and readers find nothing meanwhile; put both into one transaction, or fill another table and exchange the two");

    private static readonly string[] Staging = ["stag", "stg", "temp", "tmp", "import", "landing", "raw", "buffer", "work", "scratch", "queue", "cache", "test"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [OtherWindow, NoTransaction, EmptiedTable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        SqlFiles.Provide(context);
        context.RegisterOperationBlockAction(static block => Analyze(block));
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        foreach (IOperation root in context.OperationBlocks)
        {
            // Deletes are seldom: all else is asked only where there is one.
            if (root is IBlockOperation && MemberCommand.In(root) is { Count: > 0 } commands && commands.Any(static command => Clears(command.Tokens)) && CodeScope.IsAsked(context.OwningSymbol))
            {
                FindOtherWindows(context, commands);
                FindGaps(context, root, commands);
            }
        }
    }

    private static bool Clears(IReadOnlyList<SqlToken> tokens) => tokens.Any(static token => token.Is("delete") || token.Is("truncate") || token.Is("drop"));

    private static void FindOtherWindows(OperationBlockAnalysisContext context, IReadOnlyList<MemberCommand> commands)
    {
        foreach (MemberCommand insert in commands)
        {
            foreach (TableStatement inserted in TableStatement.Inserts(insert.Tokens))
            {
                var deletes = commands
                    .Where(command => command.Position <= insert.Position)
                    .SelectMany(command => TableStatement.Deletes(command.Tokens).Select(deleted => (Command: command, Deleted: deleted)))
                    .Where(delete => SameTable(delete.Deleted.Table, inserted.Table) && (delete.Command != insert || delete.Deleted.Start < inserted.Start))
                    .ToList();
                if (deletes.Count == 1
                    && deletes[0] is var (command, deleted)
                    && Windows.Uncovered(command.Tokens, deleted, insert.Tokens, inserted, (left, right) => AreSame(command, left, insert, right)) is { } column)
                {
                    context.ReportDiagnostic(Diagnostic.Create(OtherWindow, insert.Text.Syntax.GetLocation(), Readable.Of(inserted.Table), column));
                }
            }
        }
    }

    /// <summary>Whether two values may be one. Of two commands, it is the expressions that say so.</summary>
    private static bool AreSame(MemberCommand left, string leftValue, MemberCommand right, string rightValue)
    {
        if (left == right)
        {
            return string.Equals(leftValue, rightValue, StringComparison.OrdinalIgnoreCase);
        }

        return left.ValueOf(leftValue) is not { } one || right.ValueOf(rightValue) is not { } other || one == other;
    }

    private static void FindGaps(OperationBlockAnalysisContext context, IOperation root, IReadOnlyList<MemberCommand> commands)
    {
        MemberTransactions? transactions = null;
        foreach (MemberCommand clear in commands)
        {
            if (Cleared(clear.Tokens) is not var (table, isDelete)
                || SqlName.IsTemporary(table)
                || Staging.Any(word => table.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                || Refill(root, commands, clear, table) is not { } refill
                || !IsOnItsOwn(context.OwningSymbol, clear))
            {
                continue;
            }

            transactions ??= new MemberTransactions(root);
            if (!transactions.MayBeAround && !transactions.Cover(clear.Position, refill.Syntax.SpanStart))
            {
                context.ReportDiagnostic(Diagnostic.Create(isDelete ? NoTransaction : EmptiedTable, clear.Text.Syntax.GetLocation(), [refill.Syntax.GetLocation()], Readable.Of(table)));
            }
        }
    }

    /// <summary>The table that a text empties and does not fill itself.</summary>
    private static (string Table, bool IsDelete)? Cleared(IReadOnlyList<SqlToken> tokens)
    {
        if (tokens.Any(static token => token.Is("insert") || token.Is("begin") || token.Is("transaction")))
        {
            return null;
        }

        if (TableStatement.Deletes(tokens).FirstOrDefault() is { } deleted)
        {
            return (deleted.Table, true);
        }

        for (int i = 0; i < tokens.Count; i++)
        {
            bool isDrop = tokens[i].Is("drop") && tokens.WordAt(i + 1, "table");
            if ((tokens[i].Is("truncate") || isDrop) && SqlName.Read(tokens, i + (tokens.WordAt(i + 1, "table") ? 2 : 1)) is { } table)
            {
                return (table, false);
            }
        }

        return null;
    }

    /// <summary>What fills the table again, later in the same member and on the same way through it.</summary>
    private static IOperation? Refill(IOperation root, IReadOnlyList<MemberCommand> commands, MemberCommand clear, string table)
    {
        IOperation? insert = commands
            .FirstOrDefault(command => command.Position > clear.Position && Fills(command.Tokens, table) && Follows(clear.Operation, command.Operation))?.Operation;
        return insert ?? root.Descendants().OfType<IInvocationOperation>().FirstOrDefault(call =>
            call.Syntax.SpanStart > clear.Position
            && InsertCalls.IsBulkCopy(call.TargetMethod)
            && InsertCalls.BulkTarget(call) is { } target
            && SameTable(SqlName.Plain(target), table)
            && Follows(clear.Operation, call));
    }

    private static bool Fills(IReadOnlyList<SqlToken> tokens, string table) =>
        TableStatement.Inserts(tokens).Any(insert => SameTable(insert.Table, table))
        || (tokens.WordAt(0, "copy") && SqlName.Read(tokens, 1) is { } copied && SameTable(copied, table));

    /// <summary>Whether the second runs after the first, rather than instead of it.</summary>
    internal static bool Follows(IOperation first, IOperation second)
    {
        if (CallTrace.OwnerOf(first) != CallTrace.OwnerOf(second))
        {
            return false;
        }

        for (IOperation? at = first; at?.Parent is { } parent; at = parent)
        {
            if (parent.Syntax.Span.Contains(second.Syntax.Span))
            {
                return parent is not (IConditionalOperation or ISwitchOperation or ISwitchCaseOperation or ITryOperation or ICoalesceOperation);
            }
        }

        return false;
    }

    /// <summary>
    /// Whether nobody can have begun a transaction around: the member opens the connection itself, or is where the program begins.
    /// </summary>
    private static bool IsOnItsOwn(ISymbol member, MemberCommand command) =>
        BeginsProgram(member) || ConnectionOf(command) is ILocalSymbol;

    /// <summary>Whether nobody of the project calls a member: the host does.</summary>
    internal static bool BeginsProgram(ISymbol member) =>
        member.Name is "Main" or "<Main>$" || member is IMethodSymbol { OverriddenMethod.ContainingType.Name: "BackgroundService" };

    private static ISymbol? ConnectionOf(MemberCommand command)
    {
        ISymbol? holder = command.Operation switch
        {
            IInvocationOperation call => MemberFlow.SymbolOf(call.Instance ?? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value),
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } } => MemberFlow.SymbolOf(instance),
            IObjectCreationOperation creation => creation.Arguments.Select(static argument => MemberFlow.SymbolOf(argument.Value)).FirstOrDefault(static symbol => symbol is not null),
            _ => null,
        };
        if (holder is not ILocalSymbol local)
        {
            return null;
        }

        // A command is made by its connection.
        IOperation? made = new MemberFlow(OperationTree.Root(command.Operation)).ValuesOf(local).FirstOrDefault();
        return made switch
        {
            IInvocationOperation { TargetMethod.Name: "CreateCommand", Instance: { } connection } => MemberFlow.SymbolOf(connection),
            IPropertyReferenceOperation or IFieldReferenceOperation or IParameterReferenceOperation => null,
            IInvocationOperation { TargetMethod.Name: "GetDbConnection" } => null,
            _ => local,
        };
    }

    private static bool SameTable(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
        || left.EndsWith("." + right, StringComparison.OrdinalIgnoreCase)
        || right.EndsWith("." + left, StringComparison.OrdinalIgnoreCase);
}
