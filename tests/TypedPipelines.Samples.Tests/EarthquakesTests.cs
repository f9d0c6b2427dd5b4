using System.Text.Json;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>Pages of a real HTTP feed, merged by id and version: in whichever order the days are loaded, the table is the same.</summary>
public sealed class EarthquakesTests
{
    private static readonly string[] Days = ["2018-01-31", "2018-02-01", "2018-02-02", "2018-02-03", "2018-02-04", "2018-02-05", "2018-02-06", "2018-02-07"];

    /// <summary>An event of 2018-01-31 that was revised on 2018-02-06.</summary>
    private const string Revised = "select status || ' ' || coalesce(magnitude, 'none') from earthquakes where id = 'us2000crmu'";

    [Fact]
    public void A_week_is_loaded_once_then_found_up_to_date_and_by_force_made_the_same_again()
    {
        using Workplace place = Workplace.CreateForEarthquakes();

        ProgramResult first = place.Run("backfill");
        first.ExitCode.ShouldBe(0, first.ToString());
        first.Output.ShouldMatch(@"earthquakes +2242 +2242 +0 +0 +[0-9.]+ +[0-9]+  8 loaded");
        first.Errors.ShouldContain("answered 503 Service Unavailable; it is asked again");
        place.Scalar<int>("select count(*) from earthquakes").ShouldBe(1_707);
        place.Scalar<int>("select count(*) from earthquakes where magnitude is null").ShouldBe(0, "every first report has been revised");
        string digest = place.DigestOf("earthquakes");
        byte[] file = File.ReadAllBytes(place.Database);

        ProgramResult second = place.Run("backfill");
        second.ExitCode.ShouldBe(0, second.ToString());
        second.Output.ShouldContain("Every partition is up to date.");
        File.ReadAllBytes(place.Database).ShouldBe(file, "asking changes nothing, not even in the ledger");

        ProgramResult third = place.Run("backfill", "--force");
        third.ExitCode.ShouldBe(0, third.ToString());
        place.DigestOf("earthquakes").ShouldBe(digest);
    }

    [Fact]
    public void Days_in_any_order_and_again_end_in_the_same_table()
    {
        using Workplace inOrder = Workplace.CreateForEarthquakes();
        inOrder.Run("backfill").ExitCode.ShouldBe(0);
        string digest = inOrder.DigestOf("earthquakes");

        for (int seed = 1; seed <= 2; seed++)
        {
            using Workplace place = Workplace.CreateForEarthquakes();
            string[] days = [.. Days, "2018-01-31", "2018-02-05"];
            new Random(seed).Shuffle(days);
            foreach (string day in days)
            {
                ProgramResult result = place.Run("run", "earthquakes", "--partition", day);
                result.ExitCode.ShouldBe(0, result.ToString());
            }

            place.DigestOf("earthquakes").ShouldBe(digest, $"in the order {string.Join(", ", days)}");
        }
    }

    [Fact]
    public void An_older_report_that_is_loaded_later_does_not_overwrite_a_newer_one()
    {
        using Workplace place = Workplace.CreateForEarthquakes();
        place.Run("run", "earthquakes", "--partition", "2018-01-31").ExitCode.ShouldBe(0);
        place.Scalar<string>(Revised).ShouldBe("automatic none");

        place.Run("run", "earthquakes", "--partition", "2018-02-06").ExitCode.ShouldBe(0);
        string revised = place.Scalar<string>(Revised);
        revised.ShouldStartWith("reviewed ");

        ProgramResult again = place.Run("run", "earthquakes", "--partition", "2018-01-31");
        again.ExitCode.ShouldBe(0, again.ToString());
        place.Scalar<string>(Revised).ShouldBe(revised);
    }

    [Fact]
    public void Where_the_columns_come_from_is_listed()
    {
        using Workplace place = Workplace.CreateForEarthquakes();
        ProgramResult list = place.Run("list", "--json");
        using var document = JsonDocument.Parse(list.Output);
        JsonElement table = document.RootElement.GetProperty("pipelines")[0].GetProperty("tables")[0];
        JsonElement id = table.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "id");
        id.GetProperty("origins").EnumerateArray().Select(origin => origin.GetProperty("kind").GetString()).ShouldBe(["identity"]);
        id.GetProperty("origins")[0].GetProperty("isTable").GetBoolean().ShouldBeFalse();
    }
}
