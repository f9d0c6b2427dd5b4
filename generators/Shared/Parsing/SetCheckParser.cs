using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the checks of all rows that a contract and its members declare by attribute.</summary>
internal sealed class SetCheckParser(INamedTypeSymbol type, List<ColumnModel> columns, IReadOnlyList<RowMember> members, Findings findings)
{
    private const string Attribute = "Attribute";

    public IEnumerable<TableCheckModel> Parse()
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (KindOf(attribute) is TableCheckKind.RowCount && !attribute.IsMalformed())
            {
                yield return RowCount(attribute);
            }
            else if (KindOf(attribute) is TableCheckKind.Unique && !attribute.IsMalformed() && Unique(attribute) is { } unique)
            {
                yield return unique;
            }
        }

        foreach (RowMember member in members)
        {
            foreach (AttributeData attribute in member.Attributes)
            {
                if (KindOf(attribute) is { } kind && !attribute.IsMalformed() && OfMember(attribute, kind, member) is { } check)
                {
                    yield return check;
                }
            }
        }
    }

    private static TableCheckKind? KindOf(AttributeData attribute) => attribute.AttributeClass switch
    {
        { } named when named.IsRuntime("RowCount" + Attribute) => TableCheckKind.RowCount,
        { } named when named.IsRuntime("Unique" + Attribute) => TableCheckKind.Unique,
        { } named when named.IsRuntime("References" + Attribute) => TableCheckKind.References,
        { } named when named.IsRuntime("Fresh" + Attribute) => TableCheckKind.Fresh,
        { } named when named.IsRuntime("MaxNullShare" + Attribute) => TableCheckKind.NullShare,
        { } named when named.IsRuntime("Steady" + Attribute) => TableCheckKind.Steady,
        _ => null,
    };

    private TableCheckModel RowCount(AttributeData attribute)
    {
        string name = Name(attribute, type, "RowCount");
        long? least = CheckOptions.Limit(attribute, "Minimum");
        long? most = CheckOptions.Limit(attribute, "Maximum");
        double smallest = attribute.Named<double>("MinShareOfMedian", -1);
        double greatest = attribute.Named<double>("MaxShareOfMedian", -1);
        if (least is null && most is null && !(smallest >= 0) && !(greatest >= 0))
        {
            Wrong(attribute, type, name, "it asks for nothing; set Minimum, Maximum, MinShareOfMedian or MaxShareOfMedian");
        }
        else if (least > most || (smallest >= 0 && greatest >= 0 && smallest > greatest) || double.IsNaN(smallest) || double.IsNaN(greatest))
        {
            Wrong(attribute, type, name, "no number of rows lies between its bounds");
        }

        bool compares = smallest >= 0 || greatest >= 0;
        return Declared(TableCheckKind.RowCount, attribute, type, name) with
        {
            Options = new EquatableArray<NamedValue>(
            [
                .. least is { } minimum ? [new NamedValue("Minimum", Literal(minimum))] : Array.Empty<NamedValue>(),
                .. most is { } maximum ? [new NamedValue("Maximum", Literal(maximum))] : Array.Empty<NamedValue>(),
                .. smallest >= 0 ? [new NamedValue("MinShareOfMedian", Literal(smallest))] : Array.Empty<NamedValue>(),
                .. greatest >= 0 ? [new NamedValue("MaxShareOfMedian", Literal(greatest))] : Array.Empty<NamedValue>(),
                .. compares ? History(attribute, type, name) : [],
            ]),
        };
    }

    private TableCheckModel? Unique(AttributeData attribute)
    {
        string[] named = attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Array, IsNull: false } list ? [.. list.Values.Select(static value => value.Value as string ?? "")] : [];
        string name = Name(attribute, type, $"Unique({string.Join(",", named)})");
        int[] positions = [.. named.Select(member => columns.FindIndex(column => column.Member == member))];
        if (named.Length == 0)
        {
            Wrong(attribute, type, name, "it names no member; name those whose values together are in one row only");
            return null;
        }

        for (int i = 0; i < named.Length; i++)
        {
            if (positions[i] < 0)
            {
                Wrong(attribute, type, name, $"{type.Name} has no column member named '{named[i]}'");
                return null;
            }
        }

        return Declared(TableCheckKind.Unique, attribute, type, name) with { Columns = new EquatableArray<int>(positions) };
    }

    private TableCheckModel? OfMember(AttributeData attribute, TableCheckKind kind, RowMember member)
    {
        int position = columns.FindIndex(column => column.Member == member.Name);
        if (position < 0)
        {
            return null; // It is no column, and said to be none.
        }

        ColumnModel column = columns[position];
        string name = Name(attribute, member.Property, $"{(kind == TableCheckKind.NullShare ? "MaxNullShare" : kind.ToString())}({member.Name})");
        if (column.Stamp != StampKind.None)
        {
            Wrong(attribute, member.Property, name, "the load fills this member in");
            return null;
        }

        TableCheckModel check = Declared(kind, attribute, member.Property, name) with { Columns = new EquatableArray<int>([position]) };
        return kind switch
        {
            TableCheckKind.References => Reference(attribute, member, column, check),
            TableCheckKind.Fresh => Fresh(attribute, member, column, check),
            TableCheckKind.NullShare => NullShare(attribute, member, column, check),
            TableCheckKind.Steady => Steady(attribute, member, column, check),
            _ => null,
        };
    }

    private TableCheckModel? Reference(AttributeData attribute, RowMember member, ColumnModel column, TableCheckModel check)
    {
        if (attribute.ConstructorArguments[0].Value is not INamedTypeSymbol other || ContractParser.StrategyOf(other) is not { } strategy)
        {
            Wrong(attribute, member.Property, check.Name, "what it refers to carries no load strategy such as [Merge], so that there is no table to look in");
            return null;
        }

        // What is wrong with the other contract is said there.
        var others = new Findings();
        string target = attribute.Argument(1) as string ?? "";
        RowMember? referred = RowParser.Parse(other, type, others).Members.FirstOrDefault(candidate => candidate.Name == target);
        if (referred is null || ColumnParser.Parse(referred, others) is not { } found)
        {
            Wrong(attribute, member.Property, check.Name, $"{other.Name} has no column member named '{target}'");
            return null;
        }

        if (found.Kind != column.Kind)
        {
            Wrong(attribute, member.Property, check.Name, $"{member.Name} is a {column.Kind} and {other.Name}.{target} a {found.Kind}; what refers to a column has its type");
            return null;
        }

        (string table, string? schema) = TableNameParser.Parse(other, strategy, others);
        return check with { Reference = new ReferenceModel(table, schema, found), MaxRows = CheckOptions.Limit(attribute, "MaxRows") };
    }

    private TableCheckModel? Fresh(AttributeData attribute, RowMember member, ColumnModel column, TableCheckModel check)
    {
        if (column.Kind != ColumnKind.Instant)
        {
            Wrong(attribute, member.Property, check.Name, $"{member.Name} must be a DateTime or DateTimeOffset to say when something was");
            return null;
        }

        if (!TimeSpan.TryParse(attribute.Argument(0) as string, CultureInfo.InvariantCulture, out TimeSpan within) || within < TimeSpan.Zero)
        {
            Wrong(attribute, member.Property, check.Name, $"'{attribute.Argument(0)}' is no time span such as '06:00:00' or '2.00:00:00'");
            return null;
        }

        return check with { Ticks = within.Ticks };
    }

    private TableCheckModel? NullShare(AttributeData attribute, RowMember member, ColumnModel column, TableCheckModel check)
    {
        double share = attribute.Argument(0) as double? ?? -1;
        if (!(share >= 0 && share <= 1))
        {
            Wrong(attribute, member.Property, check.Name, "it takes a share, from 0 to 1");
        }
        else if (!column.Nullable)
        {
            Wrong(attribute, member.Property, check.Name, $"{member.Name} is never null: a row without it is refused anyway");
            return null;
        }

        return check with { Share = share };
    }

    private TableCheckModel? Steady(AttributeData attribute, RowMember member, ColumnModel column, TableCheckModel check)
    {
        if (column.IsEnum || column.Kind is not (ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Single or ColumnKind.Double or ColumnKind.Decimal))
        {
            Wrong(attribute, member.Property, check.Name, $"{member.Name} is no number, and has neither mean nor sum");
            return null;
        }

        double most = attribute.Named<double>("MaxDeviations", 5);
        if (!(most > 0))
        {
            Wrong(attribute, member.Property, check.Name, "MaxDeviations is a number greater than 0");
        }

        return check with
        {
            Options = new EquatableArray<NamedValue>(
            [
                .. attribute.Named<bool>("Sum") ? [new NamedValue("Sum", "true")] : Array.Empty<NamedValue>(),
                new NamedValue("MaxDeviations", Literal(most)),
                .. History(attribute, member.Property, check.Name),
            ]),
        };
    }

    private IEnumerable<NamedValue> History(AttributeData attribute, ISymbol owner, string name)
    {
        int most = attribute.Named("History", 28);
        int least = attribute.Named("MinHistory", 5);
        if (most < 1 || least < 1 || least > most)
        {
            Wrong(attribute, owner, name, "History is the number of loads to compare with, and MinHistory, from 1 up to that, how many there must be");
        }

        yield return new NamedValue("History", Literal(most));
        yield return new NamedValue("MinHistory", Literal(least));
        if (attribute.Named<bool>("SameWeekday"))
        {
            yield return new NamedValue("SameWeekday", "true");
        }
    }

    private TableCheckModel Declared(TableCheckKind kind, AttributeData attribute, ISymbol owner, string name)
    {
        int severity = attribute.Named<int>("Severity");
        if (severity is < 0 or 1 or > 2)
        {
            Wrong(attribute, owner, name, "it says of no row by itself that it is wrong, so that none can be kept out; its severity is Fail or Warn");
        }

        return new TableCheckModel(kind, name, CheckOptions.Severities[severity == 2 ? 2 : 0]) 
        {
            Description = attribute.Named<string>("Description"),
            Remedy = attribute.Named<string>("Remedy"),
        };
    }

    private string Name(AttributeData attribute, ISymbol owner, string otherwise) => CheckOptions.NameOf(attribute, owner, otherwise, findings);

    private void Wrong(AttributeData attribute, ISymbol owner, string name, string why) => findings.Error(RuleIds.CheckOptions, attribute, owner, name, why);

    private static string Literal(long value) => value.ToString(CultureInfo.InvariantCulture) + "L";

    private static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "D";
}
