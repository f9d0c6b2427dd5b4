using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>
/// Each folder under Snapshots holds an input.cs and what the generator makes of it, as C# files to review. To accept a
/// change, run the tests with UPDATE_SNAPSHOTS=1 and read the diff. Their project references SQLite; what the same input becomes
/// where it references PostgreSQL or SQL Server is under Snapshots.PostgreSql and Snapshots.SqlServer.
/// </summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> Cases() => CasesOf(Snapshots);

    public static TheoryData<string> PostgreSqlCases() => CasesOf(PostgreSqlSnapshots);

    public static TheoryData<string> SqlServerCases() => CasesOf(SqlServerSnapshots);

    private const string Snapshots = "Snapshots";
    private const string PostgreSqlSnapshots = "Snapshots.PostgreSql";
    private const string SqlServerSnapshots = "Snapshots.SqlServer";

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Output_is_the_snapshot_and_runs(string name)
    {
        GeneratedSources generated = GeneratorRun.Generate(Input(name));
        string folder = Path.Combine(Folder(Snapshots), name);
        Compare(generated, folder);
        await RunsAsync(folder, generated);
    }

    [Theory]
    [MemberData(nameof(PostgreSqlCases))]
    public void Output_for_PostgreSql_is_the_snapshot(string name) => Compare(
        GeneratorRun.Generate(GeneratorRun.Compile(sqlite: false, postgreSql: true, Input(name))), Path.Combine(Folder(PostgreSqlSnapshots), name));

    [Theory]
    [MemberData(nameof(SqlServerCases))]
    public void Output_for_SqlServer_is_the_snapshot(string name) => Compare(
        GeneratorRun.Generate(GeneratorRun.Compile(sqlite: false, postgreSql: false, sqlServer: true, Input(name))), Path.Combine(Folder(SqlServerSnapshots), name));

    private static void Compare(GeneratedSources generated, string folder)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Array.ForEach(Directory.GetFiles(folder, "*.g.cs"), File.Delete);
            foreach ((string file, string text) in generated.Files)
            {
                File.WriteAllText(Path.Combine(folder, file), text);
            }
        }

        Directory.GetFiles(folder, "*.g.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(generated.Files.Keys.Order(StringComparer.Ordinal));
        foreach ((string file, string text) in generated.Files)
        {
            text.Split('\n').ShouldBe(File.ReadAllText(Path.Combine(folder, file)).Split('\n'), $"{folder}/{file}");
        }
    }

    /// <summary>What was generated is compiled and run on SQLite, over the files beside the input; ran.txt says what came of it.</summary>
    private static async Task RunsAsync(string folder, GeneratedSources generated)
    {
        string place = Directory.CreateTempSubdirectory("snapshot-").FullName;
        string before = Environment.CurrentDirectory;
        try
        {
            foreach (string file in Directory.GetFiles(folder, "*.csv", SearchOption.AllDirectories))
            {
                string copy = Path.Combine(place, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            Environment.CurrentDirectory = place;
            string ran = await new SnapshotRun(place).RunAsync(generated.Load());
            string expected = Path.Combine(folder, "ran.txt");
            if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            {
                File.WriteAllText(expected, ran);
            }

            ran.ShouldBe(File.ReadAllText(expected));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Directory.Delete(place, recursive: true);
        }
    }

    private static TheoryData<string> CasesOf(string snapshots) =>
        [.. Directory.GetDirectories(Folder(snapshots)).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    private static string Input(string name) => File.ReadAllText(Path.Combine(Folder(Snapshots), name, "input.cs"));

    private static string Folder(string snapshots) => Repository.Path("tests", "TypedPipelines.Generators.Tests", snapshots);
}
