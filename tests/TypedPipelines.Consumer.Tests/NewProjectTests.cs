using System.Runtime.InteropServices;
using TypedPipelines.Consumer.Tests.Harness;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Consumer.Tests;

/// <summary>The first five minutes of somebody who installs the template and the packages, and the days after.</summary>
[Collection<OneBuildAtATime>]
public sealed class NewProjectTests(NewProject project)
{
    private static readonly string[] Loaded = ["2026-01-01 1001 Ann 19.9", "2026-01-01 1003 Cleo 42.5", "2026-01-02 1004 Ann 7.25", "2026-01-02 1005 Dora 120", "2026-01-03 1006 Bob 5", "2026-01-03 1008 Cleo 12"];

    private EmptyFolder Place => project.Place;

    [Fact]
    public void The_commands_of_the_readme_lead_from_an_empty_folder_to_loaded_rows_and_green_tests()
    {
        project.Commands.Count.ShouldBeLessThanOrEqualTo(5);
        foreach ((string command, ProgramResult result) in project.Typed)
        {
            result.ExitCode.ShouldBe(0, $"{command}: {result}");
            (result.Output + result.Errors).ShouldNotContain("warning", Case.Insensitive, command);
        }

        project.Typed.Count.ShouldBe(project.Commands.Count);
        project.Typed.Single(typed => typed.Command.EndsWith("backfill", StringComparison.Ordinal)).Result.Output.ShouldMatch(@"orders +8 +6 +2 +0 .* 3 loaded");
        project.Typed[^1].Result.Output.ShouldContain("Passed!");
        Rows(Place.PathOf("Orders", "orders.db")).ShouldBe(Loaded);
        Directory.GetDirectories(Place.Cache).Select(Path.GetFileName).ShouldContain("typedpipelines", "the packages are those that were just packed");
    }

    [Fact]
    public void A_second_backfill_finds_everything_up_to_date()
    {
        ProgramResult again = Place.Type("dotnet run --project Orders --no-build -- backfill");

        again.ExitCode.ShouldBe(0, again.ToString());
        again.Output.ShouldContain("Every partition is up to date.");
        Rows(Place.PathOf("Orders", "orders.db")).ShouldBe(Loaded);
    }

    [Fact]
    public void What_its_ci_types_is_green()
    {
        string[] commands = [.. Place.Read(".github", "workflows", "ci.yml").Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("- run: ", StringComparison.Ordinal)).Select(line => line["- run: ".Length..])];

        commands.Length.ShouldBe(3);
        foreach (string command in commands)
        {
            ProgramResult result = Place.Type(command);
            result.ExitCode.ShouldBe(0, $"{command}: {result}");
        }
    }

    [Fact]
    public void The_analyzers_warn_of_what_is_edited_in_a_step_and_the_command_line_applies_their_fix()
    {
        using EmptyFolder edited = Place.Copy();
        edited.Change("Orders/OrdersPipeline.cs", "DateOnly Day, string Customer, decimal Amount, string Status", "DateOnly? Day, string Customer, decimal Amount, string Status");
        edited.Change("Orders/OrdersPipeline.cs", "new Order(raw.Day,", "new Order(raw.Day ?? DateOnly.FromDateTime(DateTime.UtcNow),");
        Directory.CreateDirectory(edited.PathOf("Orders", "Sql"));
        File.WriteAllText(edited.PathOf("Orders", "Sql", "count.sql"), "insert into visits (day, count) values (@day, 1)");
        File.WriteAllText(edited.PathOf("Orders", "Visits.cs"), """
            using System.Data.Common;

            namespace Orders;

            internal static class Visits
            {
                internal static void Count(DbConnection connection)
                {
                    using DbCommand command = connection.CreateCommand();
                    command.CommandText = File.ReadAllText("Sql/count.sql");
                    command.ExecuteNonQuery();
                }
            }
            """);

        ProgramResult warned = edited.Type("dotnet build Orders");
        warned.ExitCode.ShouldBe(0, warned.ToString());
        warned.Output.ShouldContain("warning TP1003", customMessage: "the clock in the step");
        warned.Output.ShouldContain("warning TP1002", customMessage: "the insert, whose file the package gives to the analyzers");

        ProgramResult formatted = edited.Type("dotnet format analyzers Orders --diagnostics TP1003 --no-restore");
        formatted.ExitCode.ShouldBe(0, formatted.ToString());
        edited.Read("Orders", "OrdersPipeline.cs").ShouldContain("Paid(RawOrder raw, DayPartition day)");
        edited.Read("Orders", "OrdersPipeline.cs").ShouldContain("DateOnly.FromDateTime(day.Start.UtcDateTime)");
        ProgramResult mended = edited.Type("dotnet build Orders");
        mended.ExitCode.ShouldBe(0, mended.ToString());
        mended.Output.ShouldNotContain("TP1003");
    }

    [Fact]
    public void It_is_published_as_its_Dockerfile_does_and_runs_where_that_puts_it()
    {
        string[] lines = Place.Read("Dockerfile").Split('\n');
        lines.ShouldContain("ENTRYPOINT [\"dotnet\", \"Orders.dll\"]");
        lines.ShouldContain("CMD [\"backfill\"]");
        lines.ShouldContain("ENV TYPEDPIPELINES__CONNECTION=\"Data Source=/data/orders.db\"");

        using var deployed = new Deployed(project);
        ProgramResult ran = deployed.Run("dotnet", "Orders.dll", "backfill");
        ran.ExitCode.ShouldBe(0, ran.ToString());
        Rows(deployed.Database).ShouldBe(Loaded);
    }

    [Fact]
    public void It_is_published_as_machine_code_without_a_warning_and_loads_the_same_rows()
    {
        Assert.SkipWhen(NativeProgram.Compiler is null, "machine code is linked by a C compiler, and there is neither clang nor gcc");

        ProgramResult published = Place.Type(
            $"dotnet publish Orders -r {RuntimeInformation.RuntimeIdentifier} -p:Native=true -p:CppCompilerAndLinker={NativeProgram.Compiler} -warnaserror --artifacts-path native -o native/program");
        published.ExitCode.ShouldBe(0, published.ToString());
        File.Exists(Place.PathOf("native", "program", "Orders.dll")).ShouldBeFalse("it is one program of machine code");

        using var deployed = new Deployed(project, Place.PathOf("native", "program"));
        ProgramResult ran = deployed.Run("./Orders", "backfill");
        ran.ExitCode.ShouldBe(0, ran.ToString());
        Rows(deployed.Database).ShouldBe(Loaded);
    }

    private static IReadOnlyList<string> Rows(string database) => OrdersTable.Rows(database);
}
