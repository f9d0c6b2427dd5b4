using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Which code outside pipelines is asked what a second run of it does.</summary>
internal static class CodeScope
{
    private static readonly HashSet<string> TestAttributes = new(StringComparer.Ordinal)
    {
        "Fact", "Theory", "Test", "TestCase", "TestCaseSource", "TestMethod", "DataTestMethod",
        "SetUp", "OneTimeSetUp", "TestInitialize", "ClassInitialize", "Benchmark", "GlobalSetup",
    };

    private static readonly HashSet<string> OfRequests = new(StringComparer.Ordinal)
    {
        "ControllerBase", "PageModel", "Hub", "ComponentBase", "Endpoint", "EndpointBase", "Form", "Window", "UserControl", "Control", "Page", "ContentPage", "ObservableObject", "ReactiveObject", "ViewModelBase",
        "ApiController", "Controller", "UserManager", "ModuleBase", "InteractionModuleBase", "AppServiceBase", "ApplicationService", "UserStoreBase", "ObjectGraphType", "GraphController", "PasswordHasher",
    };

    private static readonly HashSet<string> HandlersOfRequests = new(StringComparer.Ordinal)
    {
        "IRequestHandler", "ICommandHandler", "IQueryHandler", "IMiddleware", "IActionFilter", "IAsyncActionFilter", "IUserStore", "IRoleStore", "IUserLoginStore", "ICommand", "INotifyPropertyChanged", "IEndpoint", "IApplicationService",
    };

    /// <summary>Asked of each member of a type by each rule, and the same for all of them. It holds no type longer than its compilation does.</summary>
    private static readonly ConditionalWeakTable<INamedTypeSymbol, Scope> Scopes = new();

    /// <summary>
    /// Whether it is. A test starts from a database of its own, and a migration is noted where it ran: both run once by how they are run.
    /// </summary>
    public static bool IsAsked(ISymbol member)
    {
        for (INamedTypeSymbol? type = member as INamedTypeSymbol ?? member.ContainingType; type is not null; type = type.ContainingType)
        {
            if (!Scopes.GetValue(type, static of => new Scope(of)).IsAsked)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether a member answers a request that somebody makes by hand, and makes again where he wants a second row: in a controller, the handler
    /// of a command, a page, a window.
    /// </summary>
    public static bool AnswersRequest(ISymbol member)
    {
        for (INamedTypeSymbol? type = member as INamedTypeSymbol ?? member.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Scopes.GetValue(type, static of => new Scope(of)).AnswersRequests)
            {
                return true;
            }
        }

        return GivesResponse(member) || member.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && type.Name.StartsWith("Http", StringComparison.Ordinal) && Inherits(type, "HttpMethodAttribute"));
    }

    /// <summary>A handler of ASP.NET Core's minimal APIs, by what it gives back.</summary>
    private static bool GivesResponse(ISymbol member)
    {
        ITypeSymbol? given = (member as IMethodSymbol)?.ReturnType;
        if (given is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } results })
        {
            given = results[0];
        }

        return given is { Name: "IResult" } || given?.ContainingNamespace is { Name: "HttpResults", ContainingNamespace.Name: "Http" };
    }

    private static bool IsMigration(INamedTypeSymbol type) =>
        Inherits(type, "Migration") || Inherits(type, "MigrationBase") || type.AllInterfaces.Any(static implemented => IsOfSchema(implemented.Name)) || (type.BaseType is { } parent && IsOfSchema(parent.Name));

    /// <summary><c>ISchemaUpgrade</c>, <c>IMigration</c>: what implements it is run once for each database, by what keeps count of it.</summary>
    private static bool IsOfSchema(string name) =>
        name.EndsWith("Migration", StringComparison.Ordinal) || name.EndsWith("SchemaUpgrade", StringComparison.Ordinal) || name.EndsWith("SchemaUpdate", StringComparison.Ordinal) || name.EndsWith("SchemaMigrator", StringComparison.Ordinal);

    private static bool IsTest(ISymbol member) =>
        member is IMethodSymbol && member.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && TestAttributes.Contains(ShortName(type.Name)));

    /// <summary>One whose package is not there now is known by the name that is written.</summary>
    private static string ShortName(string name) => name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;

    private static bool Inherits(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Scope(INamedTypeSymbol type)
    {
        public bool IsAsked { get; } = !IsMigration(type) && !type.GetMembers().Any(IsTest);

        public bool AnswersRequests { get; } = IsOfRequests(type) || type.AllInterfaces.Any(static implemented => HandlersOfRequests.Contains(implemented.Name));

        private static bool IsOfRequests(INamedTypeSymbol type)
        {
            for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
            {
                // What cannot be bound now stands where a base class does.
                if (OfRequests.Contains(at.Name) || HandlersOfRequests.Contains(at.Name))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
