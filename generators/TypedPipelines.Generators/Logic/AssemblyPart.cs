using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>A referenced assembly, which is known by its version.</summary>
internal static class AssemblyPart
{
    /// <summary>The keys that .NET's own assemblies are signed with. Their file version changes with every patch of the SDK, and their logic does not.</summary>
    private static readonly HashSet<string> Framework = ["b03f5f7f11d50a3a", "b77a5c561934e089", "7cec85d7bea7798e", "cc7b13ffcd2ddd51", "adb9793829ddae60"];

    /// <summary>Whether an assembly is part of a pipeline's logic. This project's own are not: where their logic changes, so does the version of fingerprints.</summary>
    public static bool Counts(IAssemblySymbol assembly) =>
        assembly.Name != "TypedPipelines" && !assembly.Name.StartsWith("TypedPipelines.", StringComparison.Ordinal);

    public static CodePart Of(IAssemblySymbol assembly)
    {
        string name = $"assembly {assembly.Identity.Name} {VersionOf(assembly)}";
        return new CodePart(name, name, new Digest().Add(name).Hash(), [], []);
    }

    /// <summary>
    /// The version that its packages go by: the assembly version of many stays the same over releases. What follows a plus is the commit,
    /// and another one is no other logic.
    /// </summary>
    private static string VersionOf(IAssemblySymbol assembly)
    {
        string token = string.Concat(assembly.Identity.PublicKeyToken.Select(static part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        if (!Framework.Contains(token))
        {
            string? informational = assembly.GetAttributes()
                .Where(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.Reflection.AssemblyInformationalVersionAttribute")
                .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string)
                .FirstOrDefault();
            if (informational is { Length: > 0 })
            {
                int commit = informational.IndexOf("+", StringComparison.Ordinal);
                return commit < 0 ? informational : informational.Substring(0, commit);
            }
        }

        return assembly.Identity.Version.ToString();
    }
}
