using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Methods of other libraries that insert the rows they are given, whatever is in the table.</summary>
internal static class InsertCalls
{
    /// <summary>By the namespace that the method's class is in, or below.</summary>
    private static readonly Dictionary<string, string[]> Catalog = new(StringComparer.Ordinal)
    {
        ["Dapper.Contrib.Extensions"] = ["Insert", "InsertAsync"],
        ["EFCore.BulkExtensions"] = ["BulkInsert", "BulkInsertAsync"],
        ["LinqToDB"] = ["BulkCopy", "BulkCopyAsync", "Insert", "InsertAsync", "InsertWithIdentity", "InsertWithIdentityAsync", "InsertWithInt32Identity", "InsertWithInt64Identity"],
        ["NPoco"] = ["Insert", "InsertAsync", "InsertBulk", "InsertBulkAsync", "InsertBatch", "InsertBatchAsync"],
        ["PetaPoco"] = ["Insert", "InsertAsync"],
        ["RepoDb"] = ["Insert", "InsertAsync", "InsertAll", "InsertAllAsync", "BulkInsert", "BulkInsertAsync", "BinaryBulkInsert", "BinaryBulkInsertAsync"],
        ["ServiceStack.OrmLite"] = ["Insert", "InsertAsync", "InsertAll", "InsertAllAsync", "BulkInsert"],
        ["SQLite"] = ["Insert", "InsertAsync", "InsertAll", "InsertAllAsync"],
        ["Z.Dapper.Plus"] = ["BulkInsert", "BulkInsertAsync"],
    };

    private static readonly HashSet<string> Names = new(Catalog.Values.SelectMany(static names => names), StringComparer.Ordinal);

    private static readonly string[] BulkCopies = ["SqlBulkCopy", "MySqlBulkCopy", "OracleBulkCopy"];

    /// <summary>Whether a call sends rows as a bulk copy, whose target is a property of it.</summary>
    public static bool IsBulkCopy(IMethodSymbol method) =>
        method.Name.StartsWith("WriteToServer", StringComparison.Ordinal) && IsBulkCopy(method.ContainingType);

    /// <summary>Whether a type is a bulk copy.</summary>
    public static bool IsBulkCopy(ITypeSymbol? type) => type is not null && BulkCopies.Contains(type.Name);

    /// <summary>The table that a bulk copy fills; null where it is not known.</summary>
    public static string? BulkTarget(IInvocationOperation call)
    {
        foreach (IOperation operation in OperationTree.Root(call).Descendants())
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "DestinationTableName" } property } } assignment
                && IsBulkCopy(property.ContainingType))
            {
                return CommandText.Of(assignment.Value);
            }
        }

        return null;
    }

    /// <summary>Whether the member of a bulk copy says what it fills, be it a name that it was given: one that does not passes on what others have set.</summary>
    public static bool NamesTarget(IInvocationOperation call) => OperationTree.Root(call).Descendants().Any(static operation =>
        operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "DestinationTableName" } property } } && IsBulkCopy(property.ContainingType));

    /// <summary>Whether a call inserts the objects that it gets. The name is asked for first: this is called for each call of a project.</summary>
    /// <param name="method">The one that is called.</param>
    /// <param name="caller">The member that calls it: the library's own methods pass on what they are given.</param>
    public static bool Inserts(IMethodSymbol method, ISymbol caller) =>
        Names.Contains(method.Name) && LibraryOf(method) is { } library && Catalog[library].Contains(method.Name) && !(method.DeclaringSyntaxReferences.Length > 0 && LibraryOf(caller) == library);

    /// <summary>Whether a call of the same library may look for the rows, or clear them.</summary>
    public static bool MayClear(IInvocationOperation call, IMethodSymbol insert) =>
        LibraryOf(call.TargetMethod) is { } library && library == LibraryOf(insert) && !Catalog[library].Contains(call.TargetMethod.Name);

    private static string? LibraryOf(ISymbol method)
    {
        for (INamespaceSymbol? at = method.ContainingNamespace; at is { IsGlobalNamespace: false }; at = at.ContainingNamespace)
        {
            if (at.ToDisplayString() is { } name && Catalog.ContainsKey(name))
            {
                return name;
            }
        }

        return null;
    }
}
