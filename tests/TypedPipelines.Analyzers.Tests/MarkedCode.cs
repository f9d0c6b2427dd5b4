using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>C# with <c>[|...|]</c> around what a rule is expected to mark.</summary>
internal sealed record MarkedCode(string Text, IReadOnlyList<TextSpan> Spans)
{
    public static MarkedCode Parse(string marked)
    {
        var text = new StringBuilder();
        var spans = new List<TextSpan>();
        var open = new Stack<int>();
        for (int i = 0; i < marked.Length; i++)
        {
            if (string.CompareOrdinal(marked, i, "[|", 0, 2) == 0)
            {
                open.Push(text.Length);
                i++;
            }
            else if (string.CompareOrdinal(marked, i, "|]", 0, 2) == 0)
            {
                int start = open.Pop();
                spans.Add(TextSpan.FromBounds(start, text.Length));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        open.ShouldBeEmpty();
        return new MarkedCode(text.ToString(), [.. spans.OrderBy(span => span.Start)]);
    }
}
