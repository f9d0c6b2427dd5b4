using System.Reflection;
using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Generators.Tests;

/// <summary>The generator's models hold plain values: a symbol or syntax node in one would keep a whole compilation alive.</summary>
public sealed class ModelShapeTests
{
    [Fact]
    public void Models_hold_nothing_of_the_compiler_and_compare_by_value()
    {
        var seen = new HashSet<Type>();
        Walk(typeof(ParsedPipeline), seen);
        Walk(typeof(EnvironmentModel), seen);
        seen.ShouldContain(typeof(ColumnModel), "the walk must reach the leaves");
        seen.Count.ShouldBeGreaterThan(8);
    }

    private static void Walk(Type type, HashSet<Type> seen)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || !seen.Add(type))
        {
            return;
        }

        type.FullName!.ShouldNotStartWith("Microsoft.CodeAnalysis", Case.Sensitive, "a model must not hold a compiler type");
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            Walk(underlying, seen);
            return;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            Walk(type.GetGenericArguments()[0], seen);
            return;
        }

        typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type).ShouldBeTrue($"{type.Name} must compare by value");
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.FieldType, seen);
        }
    }
}
