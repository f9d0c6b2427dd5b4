using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>What the attributes of checks have in common.</summary>
internal static class CheckOptions
{
    /// <summary>The longest name that every ledger keeps in an index.</summary>
    private const int LongestName = 128;

    public static readonly string[] Severities = ["Fail", "Quarantine", "Warn"];

    public static string NameOf(AttributeData attribute, ISymbol owner, string otherwise, Findings findings)
    {
        string name = attribute.Named<string>("Name") ?? otherwise;
        if (name.Trim().Length == 0 || name.Length > LongestName || name.EndsWith(" ", System.StringComparison.Ordinal))
        {
            findings.Error(RuleIds.CheckOptions, attribute, owner, name, $"its name is empty, ends in a space or has more than {LongestName} characters; give it another with Name");
        }

        return name;
    }

    /// <summary>A number that is none where it is below zero.</summary>
    public static long? Limit(AttributeData attribute, string name) => attribute.Named<long>(name, -1) is var limit and >= 0 ? limit : null;

    /// <summary>A share that is none where it is below zero.</summary>
    public static double? Share(AttributeData attribute, ISymbol owner, string name, Findings findings)
    {
        double share = attribute.Named<double>(name, -1);
        if (double.IsNaN(share) || share > 1)
        {
            findings.Error(RuleIds.CheckOptions, attribute, owner, attribute.Named<string>("Name") ?? owner.Name, $"{name} is a share, from 0 to 1");
        }

        return share >= 0 ? share : null;
    }
}
