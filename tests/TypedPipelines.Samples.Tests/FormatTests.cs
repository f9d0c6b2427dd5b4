using System.Text.RegularExpressions;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>
/// Fixes from the command line, as <c>dotnet format analyzers</c> applies them: a project with one thing wrong for each rule that has a fix. It references no package, so it is restored without a network.
/// </summary>
public sealed partial class FormatTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const string Daily = """
        public sealed record RawRow(DateOnly Day, string Text);
        [ReplacePartition(nameof(Day))] public sealed record Row(DateOnly Day, double Number, DateTimeOffset At = default);
        [Pipeline("daily")]
        [DailyPartitions("2001-01-01")]
        public sealed partial class Daily
        {
            [Source] static IEnumerable<RawRow> Read() => [];

            [Step] static Row Clean(
        """;

    private const string Open = "public static class Store { public static void Save(DbDataSource source, string region) { using DbConnection db = source.OpenConnection(); ";

    /// <summary>A file for each rule: what is wrong, and what must stand there instead.</summary>
    private static readonly IReadOnlyDictionary<string, (string Code, string Before, string After)> Cases = new Dictionary<string, (string, string, string)>
    {
        ["TP1001"] = ("$ public sealed record Reading(DateOnly Day, int Value);", "[Append]", "[ReplacePartition(nameof(Day))]"),
        ["TP1003"] = (Daily + "$); }", "RawRow raw) => new(raw.Day, 0, DateTimeOffset.UtcNow", "RawRow raw, DayPartition day) => new(raw.Day, 0, day.Start"),
        ["TP1005"] = (Open + "db.Execute(\"merge into dbo.daily$ as t using #stage as s on t.day = s.day when not matched then insert (day) values (s.day);\"); } }", "", " with (holdlock)"),
        ["TP1011"] = (Open + "db.Execute($); } }", "$\"update regions set closed = 1 where region = '{region}'\"", "\"update regions set closed = 1 where region = @region\", new { region }"),
        ["TP1014"] = (Daily + "RawRow raw) => new(raw.Day, double.Parse(raw.Text$)); }", "", ", CultureInfo.InvariantCulture"),
        ["TP4001"] = ("[Merge] public sealed record Site([property: Key] int Id); [Pipeline(\"sites\")] public sealed $class Sites { [Source] static IEnumerable<Site> Read() => []; }", "", "partial "),
        ["TP1008"] = (Open + "db.Execute(\"delete from daily where region = @region\", new { region }$); db.Execute(\"insert into daily (region) values (@region)\", new { region }); } }", "", ", transaction: transaction"),
        ["TP1009"] = (Open + "db.Execute(\"truncate table products\"$); db.Execute(\"insert into products (id) select id from supplier_products\"); } }", "", ", transaction: transaction"),
        ["TP4003"] = ("public sealed record Raw(int Id); [Merge] public sealed record Stop([property: Key] int Id); [Pipeline(\"stops\")] public sealed partial class Stops { [Source] static IEnumerable<Raw> Read() => []; [Step] static Stop Clean([From($)] Raw raw) => new(raw.Id); }", "\"Raed\"", "nameof(Read)"),
        ["TP4004"] = ("public sealed record Raw(int Id); [Merge] public sealed record Gate([property: Key] int Id); [Pipeline(\"gates\")] public sealed partial class Gates { [Source] static IEnumerable<Raw> Old() => []; [Step] static Raw Trim(Raw raw) => raw; [Step] static Gate Clean($Raw raw) => new(raw.Id); }", "", "[From(nameof("),
        ["TP4013"] = ("[Merge] public sealed record Fee([property: Key] int Id, $decimal Amount);", "", "[Precision(28, 10)] "),
        ["TP4015"] = ("[Merge] public sealed record Tag([property: Key] string$ Name);", "?", "Key] string Name"),
        ["TP4027"] = ("[Merge] public sealed record Lane([property: Key] int Id); public static class $ { public const int One = 1; }", "Generated ", "GeneratedCode"),
    };

    [Fact]
    public void Each_fix_is_applied_from_the_command_line_and_what_comes_out_compiles()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("format");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "Wrong.csproj"), Project());
            foreach ((string rule, (string code, string before, _)) in Cases)
            {
                Write(rule, code.Replace("$", before, StringComparison.Ordinal));
            }

            Run("restore");
            ProgramResult formatted = Run(["format", "analyzers", "Wrong.csproj", "--no-restore", "--severity", "info", "--diagnostics", .. Cases.Keys]);

            foreach ((string rule, (_, string before, string after)) in Cases)
            {
                string text = Read(rule);
                text.ShouldContain(after, customMessage: $"{rule}\n{formatted}");
                if (before.Length > 0)
                {
                    text.ShouldNotContain(before);
                }
            }

            ProgramResult built = Run("build", "--no-restore", "-p:TreatWarningsAsErrors=false");
            Reported().Matches(built.Output).Select(found => found.Value).Distinct().ShouldBeEmpty(built.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string rule, string code) => File.WriteAllText(Path.Combine(folder.FullName, rule + ".cs"), $"namespace Of{rule};\n\n{code}\n");
        string Read(string rule) => File.ReadAllText(Path.Combine(folder.FullName, rule + ".cs"));
        ProgramResult Run(params string[] arguments) => new RunningProgram("dotnet", folder.FullName, arguments, ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("MSBUILDDISABLENODEREUSE", "1")).Wait(Patience);
    }

    private static string Project()
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string Built(string project) => Repository.Path("artifacts", "bin", project, configuration, project + ".dll");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Analyzer Include="{Built("TypedPipelines.Analyzers")}" />
                <Analyzer Include="{Built("TypedPipelines.CodeFixes")}" />
                <Reference Include="{Built("TypedPipelines")}" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Dapper.dll")}" />
                <Using Include="TypedPipelines" />
                <Using Include="System.ComponentModel.DataAnnotations" />
                <Using Include="System.Data.Common" />
                <Using Include="System.Globalization" />
                <Using Include="Dapper" />
              </ItemGroup>
            </Project>
            """;
    }

    /// <summary>What the build says of the rules that were mended, and of what does not compile.</summary>
    [GeneratedRegex(@"\b(?:CS\d{4}|TP10(?:01|03|05|08|09|11|14)|TP40(?:01|03|04|13|15|27))\b(?=:)")]
    private static partial Regex Reported();
}
