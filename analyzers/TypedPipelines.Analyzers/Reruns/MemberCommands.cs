using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>A command of a member, in the order in which the source has them.</summary>
internal sealed class MemberCommand(IOperation operation, IOperation text, string sql)
{
    public IOperation Operation { get; } = operation;

    public IOperation Text { get; } = text;

    public string Sql { get; } = sql;

    public IReadOnlyList<SqlToken> Tokens { get; } = SqlLexer.Read(sql, backslashEscapes: false);

    public int Position => Operation.Syntax.SpanStart;

    /// <summary>The commands of a member; null where it runs one whose text cannot be known.</summary>
    public static IReadOnlyList<MemberCommand>? In(IOperation root)
    {
        var found = new List<MemberCommand>();
        foreach (IOperation operation in root.Descendants())
        {
            if (DatabaseCalls.CommandTextOf(operation) is not { } text)
            {
                continue;
            }

            if (CommandText.Of(text) is not { } sql)
            {
                return null;
            }

            found.Add(new MemberCommand(operation, text, sql));
        }

        return found;
    }

    /// <summary>The expression that a parameter of the command gets from an object made for the purpose; null where that is not known.</summary>
    public string? ValueOf(string parameter)
    {
        string name = parameter.TrimStart('@', ':', '$');
        foreach (IAnonymousObjectCreationOperation row in Operation.Descendants().OfType<IAnonymousObjectCreationOperation>())
        {
            foreach (ISimpleAssignmentOperation member in row.Initializers.OfType<ISimpleAssignmentOperation>())
            {
                if (member.Target is IPropertyReferenceOperation property && string.Equals(property.Property.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return member.Value.Syntax.ToString();
                }
            }
        }

        return null;
    }
}

/// <summary>The transactions that a member begins and ends.</summary>
internal sealed class MemberTransactions
{
    private static readonly string[] Begins = ["BeginTransaction", "BeginTransactionAsync", "UseTransaction", "UseTransactionAsync", "EnlistTransaction", "Enlist"];
    private static readonly string[] Ends = ["Commit", "CommitAsync", "CommitTransaction", "CommitTransactionAsync", "Complete"];

    private readonly List<int> _begins = [];
    private readonly List<int> _ends = [];

    public MemberTransactions(IOperation root)
    {
        foreach (IOperation operation in root.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: var name } call:
                    (Begins.Contains(name) ? _begins : Ends.Contains(name) ? _ends : null)?.Add(call.Syntax.SpanStart);
                    break;
                case IObjectCreationOperation { Type.Name: "TransactionScope" or "CommittableTransaction" } scope:
                    _begins.Add(scope.Syntax.SpanStart);
                    break;
            }
        }

        // What may begin one elsewhere: a unit of work, a strategy that runs a lambda, a transaction that the caller has begun.
        string text = root.Syntax.ToString();
        MayBeAround = _begins.Count == 0 && new[] { "ransaction", "UnitOfWork", "ExecutionStrategy", "BEGIN TRAN", "begin tran", "START TRANS", "savepoint" }.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
    }

    /// <summary>Whether the member speaks of transactions that it does not begin itself.</summary>
    public bool MayBeAround { get; }

    /// <summary>Whether the member begins one that is open at two places of the source, and in between.</summary>
    public bool Cover(int first, int last)
    {
        int begin = _begins.Where(at => at < first).DefaultIfEmpty(-1).Max();
        return begin >= 0 && !_ends.Any(end => end > begin && end < last);
    }
}
