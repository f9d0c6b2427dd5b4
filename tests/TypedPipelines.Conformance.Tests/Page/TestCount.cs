using System.Reflection;
using System.Text.RegularExpressions;

namespace TypedPipelines.Conformance.Tests.Page;

/// <summary>How many tests each statement has: in this suite, and in the projects that test one destination or none.</summary>
internal sealed partial class TestCount
{
    private static readonly (string Project, Destination? Destination)[] Others =
    [
        ("TypedPipelines.Tests", null),
        ("TypedPipelines.Sqlite.Tests", Destination.Sqlite),
        ("TypedPipelines.Functional.Tests", Destination.Sqlite),
        ("TypedPipelines.Samples.Tests", Destination.Sqlite),
        ("TypedPipelines.PostgreSql.Tests", Destination.PostgreSql),
        ("TypedPipelines.SqlServer.Tests", Destination.SqlServer),
    ];

    /// <summary>Of the tests for SQL Server, the folder of those that need one; the others run on what stands in for it.</summary>
    private const string NeedsServer = "Server";

    private readonly List<(int Statement, Destination? Destination)> _tests = [];
    private readonly List<int> _substitutes = [];

    internal TestCount()
    {
        foreach (MethodInfo test in typeof(TestCount).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(OnEveryDestinationAttribute))))
        {
            foreach (Destination destination in Enum.GetValues<Destination>())
            {
                Add(test.Name, destination);
            }
        }

        foreach ((string project, Destination? destination) in Others)
        {
            // By their sources, so that this suite need not wait for their build.
            foreach (string file in Directory.GetFiles(Repository.Path("tests", project), "*.cs", SearchOption.AllDirectories).Where(IsSource).Concat(Linked(project)))
            {
                foreach (Match test in TestMethod().Matches(File.ReadAllText(file)))
                {
                    Add(test.Groups[1].Value, destination);
                    if (destination == Destination.SqlServer && IsSubstitute(project, file))
                    {
                        _substitutes.AddRange(StatementsOf(test.Groups[1].Value));
                    }
                }
            }
        }
    }

    /// <summary>The tests of a statement at a destination; null for those that need none.</summary>
    internal int Of(int statement, Destination? destination) => _tests.Count(test => test == (statement, destination));

    /// <summary>The tests of a statement that run without a SQL Server on what stands in for one.</summary>
    internal int OnSubstitute(int statement) => _substitutes.Count(test => test == statement);

    internal bool HasAny(int statement) => _tests.Exists(test => test.Statement == statement);

    /// <summary>The tests of another project that a project runs, too.</summary>
    private static IEnumerable<string> Linked(string project)
    {
        string folder = Repository.Path("tests", project);
        return LinkedFile().Matches(File.ReadAllText(Path.Combine(folder, project + ".csproj")))
            .Select(match => Path.Combine(folder, match.Groups[1].Value));
    }

    private static bool IsSource(string file) => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin");

    private static bool IsSubstitute(string project, string file) =>
        Path.GetRelativePath(Repository.Path("tests", project), file).Split(Path.DirectorySeparatorChar)[0] is not (NeedsServer or "..");

    private static IEnumerable<int> StatementsOf(string test) =>
        Numbers().Match(test).Groups[1].Captures.Select(number => int.Parse(number.ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

    private void Add(string test, Destination? destination) => _tests.AddRange(StatementsOf(test).Select(statement => (statement, destination)));

    [GeneratedRegex(@"public (?:async )?(?:void|Task) (S\d\d_\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex("""<Compile Include="(\.\./TypedPipelines\.Functional\.Tests/\w+\.cs)" """)]
    private static partial Regex LinkedFile();

    [GeneratedRegex(@"^(?:S(\d\d)_)+")]
    private static partial Regex Numbers();
}
