using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Writes an attribute as the C# expression that makes one: so that generated code can hold an instance without reflection.</summary>
internal static class AttributeSource
{
    /// <summary>The expression; null where an argument cannot be written, or not in this project.</summary>
    public static string? New(AttributeData attribute, IAssemblySymbol project)
    {
        string?[] arguments = [.. attribute.ConstructorArguments.Select(argument => Write(argument, project))];
        // What it says where it fails is not asked for.
        var named = attribute.NamedArguments.Where(argument => !argument.Key.StartsWith("ErrorMessage", StringComparison.Ordinal)).ToArray();
        string?[] values = [.. named.Select(argument => Write(argument.Value, project))];
        if (attribute.AttributeClass is not { } type || arguments.Concat(values).Contains(null))
        {
            return null;
        }

        string initialiser = named.Length == 0 ? "" : $" {{ {string.Join(", ", named.Zip(values, static (argument, value) => $"@{argument.Key} = {value}"))} }}";
        return $"new {type.SourceName()}({string.Join(", ", arguments)}){initialiser}";
    }

    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string? Write(TypedConstant constant, IAssemblySymbol project)
    {
        if (!Access.ToType(constant.Type, project) || (constant.Kind == TypedConstantKind.Type && !Access.ToType(constant.Value as ITypeSymbol, project)))
        {
            return null;
        }

        switch (constant.Kind)
        {
            case TypedConstantKind.Error:
                return null;
            case TypedConstantKind.Array when !constant.IsNull && constant.Type is IArrayTypeSymbol array:
                string?[] items = [.. constant.Values.Select(value => Write(value, project))];
                return items.Contains(null) ? null : $"new {array.ElementType.SourceName()}[] {{ {string.Join(", ", items)} }}";
            case TypedConstantKind.Type when constant.Value is ITypeSymbol named:
                return $"typeof({named.SourceName()})";
        }

        // Typed, so that the same constructor is meant.
        string? type = constant.Type?.SourceName();
        return constant.Value switch
        {
            null => type is null ? "null" : $"default({type})!",
            string text => Quote(text),
            bool flag => flag ? "true" : "false",
            double real => $"({type})({LiteralParser.Real(real).Source})",
            float real => $"({type})({LiteralParser.Real(real).Source})",
            char character => SymbolDisplay.FormatLiteral(character, quote: true),
            IFormattable number => $"({type})({number.ToString(null, CultureInfo.InvariantCulture)})",
            _ => null,
        };
    }
}
