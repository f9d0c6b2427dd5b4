using System.IO.Compression;
using System.Xml.Linq;

namespace TypedPipelines.Consumer.Tests.Harness;

/// <summary>What is in the file of a package.</summary>
internal sealed class Package
{
    private readonly XElement _metadata;

    internal Package(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        Files = [.. zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
        using Stream nuspec = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        _metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        Texts = zip.Entries
            .Where(entry => Path.GetExtension(entry.FullName) is ".md" or ".nuspec" or ".targets" or ".props" or ".json" or ".xml" or ".cs" or ".csproj" or ".yml")
            .ToDictionary(entry => entry.FullName, entry => new StreamReader(entry.Open()).ReadToEnd());
    }

    internal IReadOnlyList<string> Files { get; }

    internal IReadOnlyDictionary<string, string> Texts { get; }

    internal string? this[string element] => Element(_metadata, element)?.Value;

    internal string? RepositoryUrl => Element(_metadata, "repository")?.Attribute("url")?.Value;

    /// <summary>What it depends on, with what of that flows on to who installs it, and the frameworks that this is said for.</summary>
    internal IReadOnlyList<(string Framework, string Id, string Include, string Exclude)> Dependencies =>
        [.. from list in _metadata.Elements() where list.Name.LocalName == "dependencies"
            from @group in list.Elements()
            from dependency in @group.Elements()
            select (@group.Attribute("targetFramework")?.Value ?? "", dependency.Attribute("id")!.Value, dependency.Attribute("include")?.Value ?? "", dependency.Attribute("exclude")?.Value ?? "")];

    private static XElement? Element(XElement parent, string name) => parent.Elements().SingleOrDefault(element => element.Name.LocalName == name);
}
