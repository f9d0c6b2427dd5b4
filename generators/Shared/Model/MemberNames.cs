using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>The names of the members that are generated into a pipeline's class: numbered where the user's own have them.</summary>
internal sealed class MemberNames
{
    private const string Loops = "Run";
    private const string Described = "DescribeTypedPipeline";
    private const string Values = "ReadTypedPipeline";

    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, string> _names = [];

    public MemberNames(PipelineModel pipeline)
    {
        _taken = [.. pipeline.TakenNames];
        foreach (string wanted in Wanted(pipeline.Nodes.Select(static node => node.Name)))
        {
            string name = wanted;
            for (int number = 2; !_taken.Add(name); number++)
            {
                name = wanted + number.ToString(CultureInfo.InvariantCulture);
            }

            _names.Add(wanted, name);
        }
    }

    /// <summary>The method that runs the loop of a stage.</summary>
    public string Loop(string root) => _names[Loops + root];

    /// <summary>The partial method that only builds have a body for.</summary>
    public string Describe(string value) => _names[Described + value];

    /// <summary>The method that gives what that one says.</summary>
    public string Read(string value) => _names[Values + value];

    /// <summary>The names that members would have if all were free. Those of a class that begin like one of them are taken.</summary>
    public static IEnumerable<string> Wanted(IEnumerable<string> nodes) =>
        [.. nodes.Select(static node => Loops + node), Described + "Logic", Values + "Logic", Described + "Lineage", Values + "Lineage"];
}
