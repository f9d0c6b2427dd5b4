using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Attributes, as far as they have a part in what a run gives.</summary>
internal sealed partial class CodeText
{
    /// <summary>Attributes that tools read and no run does.</summary>
    private static readonly HashSet<string> Ignored =
    [
        "System.ObsoleteAttribute",
        "System.CLSCompliantAttribute",
        "System.ComponentModel.EditorBrowsableAttribute",
        "System.ComponentModel.DescriptionAttribute",
        "System.CodeDom.Compiler.GeneratedCodeAttribute",
        "System.Diagnostics.DebuggerDisplayAttribute",
        "System.Diagnostics.DebuggerStepThroughAttribute",
        "System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverageAttribute",
        "System.Diagnostics.CodeAnalysis.SuppressMessageAttribute",
        "System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessageAttribute",

        // How often a step is tried again decides whether a run fails, and not what it loads.
        "TypedPipelines.RetryAttribute",

        // What is kept of the rows before is not what is loaded.
        "TypedPipelines.KeepReplacedAttribute",
    ];

    /// <summary>For how many rows a step waits at a time.</summary>
    private static readonly string[] UnreadOfStep = ["MaxConcurrency"];

    /// <summary>What people are told of a check.</summary>
    private static readonly string[] UnreadOfCheck = ["Description", "Remedy"];

    /// <summary>Whether an attribute says nothing to a run.</summary>
    public static bool IsIgnored(SemanticModel model, AttributeSyntax attribute) =>
        model.GetTypeInfo(attribute).Type is { } type && Ignored.Contains(type.ToDisplayString());

    /// <summary>Whether all that an attribute says is in its own text, or in nobody's.</summary>
    public static bool SaysNothingMore(SemanticModel model, AttributeSyntax attribute) => IsIgnored(model, attribute) || IsStep(model, attribute);

    /// <summary>Whether an argument of an attribute is one that no run reads.</summary>
    public static bool IsUnread(SemanticModel model, AttributeArgumentSyntax argument) =>
        argument is { NameEquals: { } named, Parent.Parent: AttributeSyntax attribute } && Unread(model, attribute)?.Contains(named.Name.Identifier.ValueText) == true;

    private void Write(AttributeSyntax attribute)
    {
        if (IsIgnored(model, attribute))
        {
            return;
        }

        _texts.Add("[" + (attribute.Parent as AttributeListSyntax)?.Target?.Identifier.ValueText);
        Write(attribute.Name);
        if (Unread(model, attribute) is not null)
        {
            foreach (AttributeArgumentSyntax argument in attribute.ArgumentList?.Arguments.Where(argument => !IsUnread(model, argument)) ?? [])
            {
                Write(argument);
            }
        }
        else if (attribute.ArgumentList is { Arguments.Count: > 0 } arguments)
        {
            Write(arguments);
        }
    }

    /// <summary>The properties of an attribute that no run reads for what it gives; null where it reads them all.</summary>
    private static string[]? Unread(SemanticModel model, AttributeSyntax attribute)
    {
        ITypeSymbol? type = model.GetTypeInfo(attribute).Type;
        return type.IsRuntime("StepAttribute") ? UnreadOfStep
            : type?.BaseType.IsRuntime("SetCheckAttribute") == true || type?.BaseType?.BaseType.IsRuntime("SetCheckAttribute") == true ? UnreadOfCheck
            : null;
    }

    private static bool IsStep(SemanticModel model, AttributeSyntax attribute) => model.GetTypeInfo(attribute).Type.IsRuntime("StepAttribute");
}
