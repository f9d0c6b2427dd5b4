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
    ];

    /// <summary>Whether an attribute says nothing to a run.</summary>
    public static bool IsIgnored(SemanticModel model, AttributeSyntax attribute) =>
        model.GetTypeInfo(attribute).Type is { } type && Ignored.Contains(type.ToDisplayString());

    /// <summary>Whether all that an attribute says is in its own text, or in nobody's.</summary>
    public static bool SaysNothingMore(SemanticModel model, AttributeSyntax attribute) => IsIgnored(model, attribute) || IsStep(model, attribute);

    private void Write(AttributeSyntax attribute)
    {
        if (IsIgnored(model, attribute))
        {
            return;
        }

        _texts.Add("[" + (attribute.Parent as AttributeListSyntax)?.Target?.Identifier.ValueText);
        Write(attribute.Name);
        if (IsStep(model, attribute))
        {
            // For how many rows a step waits at a time is no part of what it gives.
            foreach (AttributeArgumentSyntax argument in attribute.ArgumentList?.Arguments.Where(static argument => argument.NameEquals?.Name.Identifier.ValueText != "MaxConcurrency") ?? [])
            {
                Write(argument);
            }
        }
        else if (attribute.ArgumentList is { Arguments.Count: > 0 } arguments)
        {
            Write(arguments);
        }
    }

    private static bool IsStep(SemanticModel model, AttributeSyntax attribute) => model.GetTypeInfo(attribute).Type.IsRuntime("StepAttribute");
}
