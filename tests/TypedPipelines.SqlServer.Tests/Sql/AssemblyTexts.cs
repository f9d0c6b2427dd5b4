using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>
/// Every text that is written in an assembly: statements, wherever they stand, the parts that others are put together from, messages. Whoever adds a
/// statement need add it to no list.
/// </summary>
internal static class AssemblyTexts
{
    internal static IReadOnlyCollection<string> Of(Assembly assembly) => [.. Literals(assembly).Concat(Constants(assembly)).Distinct()];

    private static List<string> Literals(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        var texts = new List<string>();
        for (UserStringHandle text = MetadataTokens.UserStringHandle(1); !text.IsNil; text = metadata.GetNextHandle(text))
        {
            texts.Add(metadata.GetUserString(text));
        }

        return texts;
    }

    /// <summary>One that only other assemblies use stands nowhere else.</summary>
    private static IEnumerable<string> Constants(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field.IsLiteral && field.FieldType == typeof(string))
        .Select(field => (string)field.GetRawConstantValue()!);
}
