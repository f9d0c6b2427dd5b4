using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Recognises the checks that a contract declares as methods, by their signatures.</summary>
internal static class CheckMethodParser
{
    private const string Forms = "a check is static bool(row), true where the row is right, static string?(row), null where it is, or static Sql(Staged<row>, ...), which selects what is wrong";

    public static TableCheckModel? Parse(IMethodSymbol method, AttributeData attribute, INamedTypeSymbol contract, Findings findings)
    {
        if (!method.IsStatic || method.IsGenericMethod || method.MethodKind != MethodKind.Ordinary)
        {
            return Wrong(method, findings, $"it is {(method.IsStatic ? "generic, or no method of its own" : "not static")}; {Forms}");
        }

        if (!Access.FromAnywhere(method, findings.Project ?? contract.ContainingAssembly))
        {
            return Wrong(method, findings, "generated code cannot call it; make it internal or public");
        }

        int severity = attribute.Named<int>("Severity");
        string[] severities = CheckOptions.Severities;
        var check = new TableCheckModel(TableCheckKind.Row, CheckOptions.NameOf(attribute, method, method.Name, findings), severities[severity >= 0 && severity < severities.Length ? severity : 0])
        {
            Description = SummaryText.Of(method),
            Remedy = SummaryText.RemarksOf(method),
            Call = $"{method.ContainingType.SourceName()}.{Identifier(method.Name)}",
            MaxRows = CheckOptions.Limit(attribute, "MaxRows"),
            MaxShare = CheckOptions.Share(attribute, method, "MaxShare", findings),
        };
        return method.ReturnType switch
        {
            { SpecialType: SpecialType.System_Boolean } => OfRows(method, check, contract, findings),
            { SpecialType: SpecialType.System_String } => OfRows(method, check with { GivesReason = true }, contract, findings),
            INamedTypeSymbol { TypeArguments.Length: 0 } sql when sql.IsRuntime("Sql") => Statement(method, attribute, check with { Kind = TableCheckKind.Statement }, contract, findings),
            { } type => Wrong(ReturnType(method), type.IsUnknown(), method, findings, $"it returns {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}; {Forms}"),
        };
    }

    /// <summary>The row contracts of the tables that a contract's checks read.</summary>
    public static IEnumerable<INamedTypeSymbol> ReadsOf(INamedTypeSymbol contract)
    {
        foreach (ISymbol member in contract.GetMembers())
        {
            if (member is IMethodSymbol { IsImplicitlyDeclared: false } method && method.RuntimeAttribute("CheckAttribute") is not null)
            {
                foreach (IParameterSymbol parameter in method.Parameters)
                {
                    if (ContractOf(parameter.Type, "Table") is { } row)
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    /// <summary>The row contract whose table or staged rows a parameter takes; null where it takes neither.</summary>
    private static INamedTypeSymbol? ContractOf(ITypeSymbol parameter, string name) =>
        parameter.IsRuntime(name) && parameter is INamedTypeSymbol { TypeArguments.Length: 1 } type && type.TypeArguments[0] is INamedTypeSymbol row && ContractParser.StrategyOf(row) is not null
            ? row
            : null;

    private static TableCheckModel? OfRows(IMethodSymbol method, TableCheckModel check, INamedTypeSymbol contract, Findings findings)
    {
        if (method.Parameters.Length == 1 && method.Parameters[0] is { RefKind: RefKind.None or RefKind.In } row && SymbolEqualityComparer.Default.Equals(row.Type, contract))
        {
            return check;
        }

        ISymbol at = method.Parameters.Length == 0 ? method : method.Parameters[method.Parameters.Length == 1 ? 0 : 1];
        return Wrong(at is IParameterSymbol parameter ? TypeOf(parameter) : at.Locations.FirstOrDefault(), at is IParameterSymbol { Type: var type } && type.IsUnknown(), method, findings, $"it takes one {contract.Name} and nothing else: {Forms}");
    }

    private static TableCheckModel? Statement(IMethodSymbol method, AttributeData attribute, TableCheckModel check, INamedTypeSymbol contract, Findings findings)
    {
        if (check.Severity == "Quarantine")
        {
            findings.Error(RuleIds.CheckOptions, attribute, method, check.Name, "a statement says of no row by itself that it is wrong, so that none can be kept out; a check that takes a row can");
        }

        var arguments = new List<string>();
        var reads = new List<TypeName>();
        bool takesStaged = false;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            switch (parameter.Type)
            {
                case var type when parameter.RefKind == RefKind.None && MethodParser.IsPartition(type):
                    arguments.Add(type.Name == "Partition" ? "partition" : $"({type.SourceName()})partition");
                    break;
                case var type when ContractOf(type, "Staged") is { } row:
                    takesStaged |= SymbolEqualityComparer.Default.Equals(row, contract);
                    arguments.Add($"{type.SourceName()}.Rows");
                    break;
                case var type when ContractOf(type, "Table") is { } row:
                    arguments.Add($"{type.SourceName()}.All");
                    reads.Add(RowParser.NameOf(row));
                    break;
                default:
                    return Wrong(
                        TypeOf(parameter),
                        parameter.Type.IsUnknown(),
                        method,
                        findings,
                        $"{parameter.Name} is a {parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}, which is none of: Staged<row> and Table<row> of a row that carries a load strategy, the partition");
            }
        }

        return takesStaged
            ? check with { Arguments = new EquatableArray<string>(arguments), Reads = new EquatableArray<TypeName>(reads.Distinct()) }
            : Wrong(method, findings, $"it does not take Staged<{contract.Name}>, the rows that it checks");
    }

    private static TableCheckModel? Wrong(IMethodSymbol method, Findings findings, string why) => Wrong(method.Locations.FirstOrDefault(), false, method, findings, why);

    private static TableCheckModel? Wrong(Location? at, bool unknown, IMethodSymbol method, Findings findings, string why)
    {
        findings.Error(RuleIds.CheckSignature, unknown ? null : at, method.Name, why);
        return null;
    }

    private static string Identifier(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? "@" + name : name;

    private static Location? ReturnType(IMethodSymbol method) => MethodParser.ReturnType(method);

    private static Location? TypeOf(IParameterSymbol parameter) =>
        (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type?.GetLocation() ?? parameter.Locations.FirstOrDefault();
}
