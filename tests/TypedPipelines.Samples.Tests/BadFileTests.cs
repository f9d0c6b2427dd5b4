using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>What docs/troubleshooting.md promises for each way in which a landing file can be wrong.</summary>
public sealed class BadFileTests
{
    private const string Day = "2001-01-05";
    private const int RowsOfDay = 220;

    /// <summary>One day, loaded when its file was good; every test works on a copy.</summary>
    private static readonly Lazy<Workplace> Template = new(LoadOnce);

    [Fact]
    public void A_letter_in_a_number_is_quarantined_and_the_other_rows_are_loaded()
    {
        using Workplace place = Loaded();
        Edit(place, lines => lines[9] = lines[9].Replace(lines[9].Split(',')[3], "1x"));

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain($"flights {Day}  {RowsOfDay} read, {RowsOfDay - 1} loaded, 0 dropped, 1 rejected");
        string told = string.Join(' ', result.Errors.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        told.ShouldStartWith($"flights {Day}: 1 row rejected, the first at landing/flights/{Day}.csv:10: column delay = '1x' is not a whole number");
        told.ShouldContain($"`rejects flights --partition {Day}` shows all.");
        place.Scalar<int>("select count(*) from flights").ShouldBe(RowsOfDay - 1);
        ProgramResult rejects = place.Run("rejects", "flights");
        rejects.Output.ShouldContain($"landing/flights/{Day}.csv:10");
        rejects.Output.ShouldContain("delay");
        rejects.Output.ShouldContain("'1x'");
        rejects.Output.ShouldContain("whole number");
    }

    [Fact]
    public void More_bad_rows_than_declared_stop_the_run_and_every_one_is_kept()
    {
        using Workplace place = Loaded();
        string before = place.Digest();
        Edit(place, lines =>
        {
            for (int i = 1; i <= 6; i++)
            {
                lines[i] = lines[i].Replace("2001-01-05", "2001-13-05");
            }
        });

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(3, result.ToString());
        result.Errors.ShouldContain($"rejected 6 of {RowsOfDay} rows");
        result.Errors.ShouldContain($"landing/flights/{Day}.csv:2: column scheduled = '2001-13-05");
        place.Digest().ShouldBe(before);
        place.Scalar<int>("select count(*) from tp_reject").ShouldBe(6);
        place.Scalar<string>("select state from tp_partition where pipeline = 'flights'").ShouldBe("failed");
    }

    [Fact]
    public void A_field_too_few_is_quarantined_with_its_raw_text()
    {
        using Workplace place = Loaded();
        string broken = "";
        Edit(place, lines => lines[20] = broken = lines[20][..lines[20].LastIndexOf(',')]);

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(0, result.ToString());
        place.Query<string>("select raw from tp_reject").ShouldBe([broken]);
        place.Scalar<int>("select line from tp_reject").ShouldBe(21);
        place.Scalar<string>("select reason from tp_reject").ShouldContain("4 fields where the header has 5");
    }

    [Fact]
    public void A_column_missing_from_the_header_fails_and_names_it() => Fails(
        lines =>
        {
            for (int i = 0; i < lines.Count; i++)
            {
                lines[i] = lines[i][..lines[i].LastIndexOf(',')];
            }
        },
        exitCode: 1,
        $"landing/flights/{Day}.csv",
        "distance");

    [Fact]
    public void A_quote_that_never_closes_fails_and_names_the_line_it_opened_on() => Fails(
        lines => lines[11] = lines[11].Insert(lines[11].IndexOf(',') + 1, "\""), exitCode: 1, $"landing/flights/{Day}.csv:12", "quote");

    [Fact]
    public void A_quote_inside_a_field_is_quarantined()
    {
        using Workplace place = Loaded();
        Edit(place, lines => lines[11] = lines[11].Insert(lines[11].IndexOf(',') + 2, "\""));

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(0, result.ToString());
        place.Scalar<int>("select line from tp_reject").ShouldBe(12);
        place.Scalar<string>("select reason from tp_reject").ShouldContain("quote");
        place.Scalar<int>("select count(*) from flights").ShouldBe(RowsOfDay - 1);
    }

    [Fact]
    public void A_quote_closed_lines_later_counts_for_every_line_between_and_stops_the_run()
    {
        using Workplace place = Loaded();
        string before = place.Digest();
        Edit(place, lines =>
        {
            OpenQuote(lines, 99);
            OpenQuote(lines, 149);
        });

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(3, result.ToString());
        result.Errors.ShouldContain($"rejected 51 of {RowsOfDay} rows");
        place.Digest().ShouldBe(before);
        place.Scalar<string>("select rows_read || '|' || rows_rejected from tp_run order by started_at desc limit 1").ShouldBe($"{RowsOfDay}|51");
        place.Scalar<int>("select count(*) from tp_reject").ShouldBe(1);
        place.Scalar<string>("select reason from tp_reject").ShouldEndWith(
            "the record spans lines 100-150, which an extra quote may have joined; it counts as 51 rows");
    }

    [Fact]
    public void A_quote_closed_a_line_later_counts_as_two_rows_of_those_accepted()
    {
        using Workplace place = Loaded();
        Edit(place, lines => (lines[99], lines[100]) = ("\"" + lines[99], lines[100] + "\""));

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain($"flights {Day}  {RowsOfDay} read, {RowsOfDay - 2} loaded, 0 dropped, 2 rejected");
        place.Scalar<int>("select count(*) from flights").ShouldBe(RowsOfDay - 2);
        place.Scalar<string>("select reason from tp_reject").ShouldStartWith("has 1 field where the header has 5; the record spans lines 100-101");
    }

    [Fact]
    public void A_row_of_another_day_fails_and_names_the_row_and_the_window() => Fails(
        lines => lines[7] = lines[7].Replace("2001-01-05", "2001-01-06"),
        exitCode: 3,
        $"landing/flights/{Day}.csv:8",
        "flight_date",
        "2001-01-06",
        "[2001-01-05, 2001-01-06)");

    [Fact]
    public void An_empty_file_fails() => Fails(lines => lines.Clear(), exitCode: 1, $"landing/flights/{Day}.csv", "empty");

    [Fact]
    public void An_airport_that_nobody_knows_fails_and_names_the_step_and_the_row() => Fails(
        lines => lines[3] = lines[3].Replace(lines[3].Split(',')[1], "QQQ"),
        exitCode: 1,
        "step WithCities",
        $"landing/flights/{Day}.csv:4",
        "'QQQ'");

    [Fact]
    public void A_missing_file_fails_and_names_where_it_was_looked_for()
    {
        using Workplace place = Loaded();
        string before = place.Digest();
        File.Delete(place.LandingFile(Day));

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(1, result.ToString());
        result.Errors.ShouldContain($"landing/flights/{Day}.csv");
        place.Digest().ShouldBe(before);
    }

    [Fact]
    public void A_file_with_a_header_and_no_rows_empties_the_day_with_a_warning()
    {
        using Workplace place = Loaded();
        Edit(place, lines => lines.RemoveRange(1, lines.Count - 1));

        ProgramResult result = place.Run("run", "flights", "--partition", Day, "--verbose");

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Errors.ShouldContain("complete with no rows");
        place.Scalar<int>("select count(*) from flights").ShouldBe(0);
        place.Scalar<string>("select state from tp_partition where pipeline = 'flights'").ShouldBe("complete");
    }

    [Fact]
    public void A_mended_file_loads_after_a_failure()
    {
        using Workplace place = Loaded();
        string before = place.Digest();
        string good = File.ReadAllText(place.LandingFile(Day));
        File.WriteAllText(place.LandingFile(Day), "");
        place.Run("run", "flights", "--partition", Day).ExitCode.ShouldBe(1);

        File.WriteAllText(place.LandingFile(Day), good);
        ProgramResult result = place.Run("backfill", "flights", "--from", Day, "--to", Day);

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("1 failed");
        place.Digest().ShouldBe(before);
    }

    private static void Fails(Action<List<string>> edit, int exitCode, params string[] named)
    {
        using Workplace place = Loaded();
        string before = place.Digest();
        Edit(place, edit);

        ProgramResult result = place.Run("run", "flights", "--partition", Day);

        result.ExitCode.ShouldBe(exitCode, result.ToString());
        string oneLine = string.Join(' ', result.Errors.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (string part in named)
        {
            oneLine.ShouldContain(part);
        }

        result.Errors.ShouldNotContain("   at ", Case.Sensitive, "no stack trace");
        place.Digest().ShouldBe(before, "the day's old rows are intact");
    }

    private static void OpenQuote(List<string> lines, int line) => lines[line] = lines[line].Insert(lines[line].IndexOf(',') + 1, "\"");

    private static Workplace Loaded() => Workplace.CopyOf(Template.Value);

    private static Workplace LoadOnce()
    {
        Workplace place = Workplace.Create(Day);
        place.Run("run", "airports").ExitCode.ShouldBe(0);
        place.Run("run", "flights", "--partition", Day).ExitCode.ShouldBe(0);
        place.Run("run", "delays", "--partition", Day).ExitCode.ShouldBe(0);
        return place;
    }

    private static void Edit(Workplace place, Action<List<string>> edit)
    {
        List<string> lines = [.. File.ReadAllLines(place.LandingFile(Day))];
        edit(lines);
        File.WriteAllText(place.LandingFile(Day), lines.Count == 0 ? "" : string.Join('\n', lines) + "\n");
    }
}
