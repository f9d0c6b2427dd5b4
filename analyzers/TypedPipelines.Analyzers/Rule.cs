using System;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers;

/// <summary>Makes descriptors: the category and the help link follow from the id, so that they cannot be wrong.</summary>
internal static class Rule
{
    public const string HelpRoot = "https://github.com/typed-pipelines/typed-pipelines/blob/main/docs/rules/";

    /// <summary>The result is certainly wrong, or no code can be generated.</summary>
    public static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    /// <summary>An error that only the whole compilation shows.</summary>
    public static DiagnosticDescriptor ErrorAtEnd(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The result is wrong unless something that the analyzer cannot see makes it right.</summary>
    public static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    /// <summary>A warning that only the whole compilation shows.</summary>
    public static DiagnosticDescriptor WarningAtEnd(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning, WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The result is right; saying more would make it better.</summary>
    public static DiagnosticDescriptor Suggestion(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Info);

    /// <summary>A suggestion that only the whole compilation shows.</summary>
    public static DiagnosticDescriptor SuggestionAtEnd(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Info, WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>A suggestion for projects that ask for it in <c>.editorconfig</c>: it would only be in the way of a pipeline that is being written.</summary>
    public static DiagnosticDescriptor OnRequest(string id, string title, string message) =>
        new(id, title, message, CategoryOf(id), DiagnosticSeverity.Info, isEnabledByDefault: false, helpLinkUri: HelpRoot + id + ".md");

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, CategoryOf(id), severity, isEnabledByDefault: true, helpLinkUri: HelpRoot + id + ".md", customTags: tags);

    private static string CategoryOf(string id) => id[2] switch
    {
        '1' => "TypedPipelines.RerunSafety",
        '2' => "TypedPipelines.DuplicateLogic",
        '3' => "TypedPipelines.LogicalUnits",
        '4' => "TypedPipelines.Wiring",
        '5' => "TypedPipelines.Production",
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "The first digit of a rule's id is its category."),
    };
}
