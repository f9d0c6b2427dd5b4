using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.OpenLineage;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>What an OpenLineage server hears of runs.</summary>
public sealed class OpenLineageTests
{
    private const string SpecFolder = "TYPEDPIPELINES_TEST_OPENLINEAGE";

    private static readonly DateOnly Day = new(2026, 2, 27);
    private static readonly Measured[] Rows = [new("a", Day, 1), new("b", Day, -1), new("c", Day, 4)];

    [Fact]
    public async Task A_run_is_told_by_a_start_and_one_end_with_schema_lineage_and_statistics()
    {
        (JsonNode[] events, PartitionResult result) = await RunAsync(Rows);

        events.Select(static each => (string?)each["eventType"]).ShouldBe(["START", "COMPLETE"]);
        events.ShouldAllBe(each => (string?)each["run"]!["runId"] == result.RunId.ToString());
        JsonNode end = events[1];
        end["job"]!["namespace"]!.ToString().ShouldBe("typedpipelines");
        end["job"]!["name"]!.ToString().ShouldBe("traced");
        JsonNode run = end["run"]!["facets"]!;
        run["nominalTime"]!["nominalStartTime"]!.ToString().ShouldBe("2026-02-27T00:00:00.000Z");
        run["nominalTime"]!["nominalEndTime"]!.ToString().ShouldBe("2026-02-28T00:00:00.000Z");
        run["typedpipelines_partition"]!["partition"]!.ToString().ShouldBe("2026-02-27");
        end["inputs"]!.AsArray().Select(static input => $"{input!["namespace"]} {input["name"]}").ShouldBe(["typedpipelines traced.All"]);
        JsonNode output = end["outputs"]!.AsArray().Single()!;
        output["namespace"]!.ToString().ShouldStartWith("sqlite:///");
        output["name"]!.ToString().ShouldBe("measure");
        output["facets"]!["schema"]!["fields"]!.AsArray().Select(static field => field!["name"]!.ToString()).ShouldBe(["sensor", "day", "value"]);
        OriginsOf(output["facets"]!["columnLineage"]!["fields"]!["sensor"]!["inputFields"]!).ShouldBe(["typedpipelines traced.All Sensor DIRECT IDENTITY"]);
        OriginsOf(output["facets"]!["columnLineage"]!["dataset"]!).ShouldBe(["typedpipelines traced.All Value INDIRECT FILTER"]);
        ((long)output["outputFacets"]!["outputStatistics"]!["rowCount"]!).ShouldBe(2);
        events[0]["outputs"]![0]!["outputFacets"].ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_has_its_message_only_where_that_is_asked_for(bool includeMessages)
    {
        (JsonNode[] events, PartitionResult result) = await RunAsync([new Measured("secret sensor", Day, 0)], includeMessages);

        events.Select(static each => (string?)each["eventType"]).ShouldBe(["START", "FAIL"]);
        string message = events[1]["run"]!["facets"]!["errorMessage"]!["message"]!.ToString();
        message.ShouldBe(includeMessages ? result.Failure!.Message : $"Step: the ledger has the message of run {result.RunId}");
        events[1].ToJsonString().Contains("secret", StringComparison.Ordinal).ShouldBe(includeMessages);
    }

    [Fact]
    public async Task What_checks_found_is_told_of_their_table_and_of_the_run_without_a_value_of_a_row()
    {
        JsonNode end = await LevelsAsync(new Level("secret tank", Day, 4), new Level("b", Day, null), new Level("c", Day, -5));

        ((string?)end["eventType"]).ShouldBe("FAIL");
        string[] assertions = [.. end["outputs"]![0]!["facets"]!["dataQualityAssertions"]!["assertions"]!.AsArray().Select(static each =>
            $"{each!["assertion"]} {each["name"]} {each["column"]} {each["severity"]} {each["success"]} {each["actual"]}")];
        assertions.ShouldBe(
        [
            "row NotBelowGround  error false 1",
            "custom_sql Tanks  warn false 2",
            "row_count RowCount  error true 3",
            "null_share MaxNullShare(Height) height warn false 0.3333333333333333",
        ], ignoreOrder: true);
        string[] tests = [.. end["run"]!["facets"]!["test"]!["tests"]!.AsArray().Select(static each => $"{each!["name"]} {each["status"]}")];
        tests.ShouldContain("level.Steady(Height) skip");
        tests.ShouldContain("level.Tanks fail");
        tests.Length.ShouldBe(5);
        end.ToJsonString().ShouldNotContain("secret");
        end["run"]!["facets"]!["test"]!["tests"]![0]!["description"]!.ToString().ShouldBe("A tank stands on the ground.");
    }

    [Fact]
    public async Task A_run_that_is_stopped_is_aborted()
    {
        using var stop = new CancellationTokenSource();
        (JsonNode[] events, _) = await RunAsync(Stopping(), cancellationToken: stop.Token);
        events.Select(static each => (string?)each["eventType"]).ShouldBe(["START", "ABORT"]);

        IEnumerable<Measured> Stopping()
        {
            yield return Rows[0];
            stop.Cancel();
            yield return Rows[2];
        }
    }

    [Fact]
    public async Task Events_are_posted_with_the_key_and_a_server_that_refuses_them_stops_nothing()
    {
        using var server = new HttpListener();
        int port = FreePort();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        var heard = new List<string>();
        Task serving = Task.Run(async () =>
        {
            for (int i = 0; i < 2; i++)
            {
                HttpListenerContext call = await server.GetContextAsync();
                using var body = new StreamReader(call.Request.InputStream);
                heard.Add($"{call.Request.HttpMethod} {call.Request.RawUrl} {call.Request.Headers["Authorization"]} {(string?)JsonNode.Parse(await body.ReadToEndAsync())!["eventType"]}");
                call.Response.StatusCode = i == 0 ? 201 : 503;
                call.Response.Close();
            }
        });
        using var stage = new Stage();
        stage.AddPipeline<TracedPipeline>();
        stage.UseOpenLineage(new OpenLineageOptions { Url = new Uri($"http://127.0.0.1:{port}/lineage"), ApiKey = "k3y" });
        Feed.Give(Rows);

        (await stage.RunAsync("traced", "2026-02-27")).Status.ShouldBe(PartitionStatus.Loaded);

        await serving;
        heard.ShouldBe(["POST /lineage/api/v1/lineage Bearer k3y START", "POST /lineage/api/v1/lineage Bearer k3y COMPLETE"]);
        server.Stop();
        Feed.Give(Rows);
        (await stage.RunAsync("traced", "2026-02-27")).Status.ShouldBe(PartitionStatus.Loaded);
    }

    /// <summary>The schema is not this project's to copy: name a folder that has the specification's <c>OpenLineage.json</c> and <c>facets</c>.</summary>
    [Fact]
    public async Task Events_have_the_published_schema()
    {
        string? folder = Environment.GetEnvironmentVariable(SpecFolder);
        Assert.SkipWhen(folder is null, $"{SpecFolder} names no folder with OpenLineage's specification (its folder spec)");
        JsonSchema spec = JsonSchema.FromFile(Path.Combine(folder!, "OpenLineage.json"));
        SchemaRegistry.Global.Register(spec);
        (JsonNode[] loaded, _) = await RunAsync(Rows);
        (JsonNode[] failed, _) = await RunAsync([new Measured("x", Day, 0)]);
        int facets = 0;
        JsonNode passed = await LevelsAsync(new Level("a", Day, 4));
        JsonNode broken = await LevelsAsync(new Level("b", Day, -5));
        foreach (JsonNode each in loaded.Concat(failed).Append(passed).Append(broken))
        {
            Check(spec, each);
            foreach ((string? schema, JsonNode facet) in FacetsOf(each).Where(static facet => facet.Schema.Contains("/facets/", StringComparison.Ordinal)))
            {
                string type = schema[(schema.LastIndexOf('/') + 1)..];
                string text = await File.ReadAllTextAsync(Path.Combine(folder!, "facets", $"{type}.json"));
                JsonNode definition = JsonNode.Parse(text)!;
                schema.ShouldStartWith(definition["$id"]!.ToString());
                definition.AsObject().Remove("properties"); // Of whoever has the facet.
                definition["$ref"] = $"#/$defs/{type}";
                definition["$id"] = $"https://example.org/{type}.json";
                Check(JsonSchema.FromText(definition.ToJsonString()), facet);
                facets++;
            }
        }

        facets.ShouldBeGreaterThan(35);

        static void Check(JsonSchema schema, JsonNode node)
        {
            EvaluationResults results = schema.Evaluate(node, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
            results.IsValid.ShouldBeTrue(string.Join('\n', results.Details.Where(static detail => detail.HasErrors).Select(static detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!)}")));
        }
    }

    private static IEnumerable<(string Schema, JsonNode Facet)> FacetsOf(JsonNode node) => node switch
    {
        JsonObject holder => (holder["_schemaURL"] is { } url ? new[] { (url.ToString(), (JsonNode)holder) } : []).Concat(holder.Where(static each => each.Value is not null).SelectMany(static each => FacetsOf(each.Value!))),
        JsonArray list => list.SelectMany(static each => FacetsOf(each!)),
        _ => [],
    };

    private static string[] OriginsOf(JsonNode fields) => [.. fields.AsArray().Select(static field =>
        $"{field!["namespace"]} {field["name"]} {field["field"]} {field["transformations"]![0]!["type"]} {field["transformations"]![0]!["subtype"]}")];

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>The end of a run whose table has checks of all kinds.</summary>
    private static async Task<JsonNode> LevelsAsync(params Level[] rows)
    {
        using var stage = new Stage();
        string file = stage.WriteFile("events.jsonl", "");
        stage.AddPipeline<LevelsPipeline>();
        stage.UseOpenLineage(new OpenLineageOptions { File = file });
        Feed.Give(rows);
        await stage.RunAsync("levels", "2026-02-27");
        return JsonNode.Parse((await File.ReadAllLinesAsync(file)).Last())!;
    }

    private static async Task<(JsonNode[] Events, PartitionResult Result)> RunAsync(IEnumerable<Measured> rows, bool includeMessages = false, CancellationToken cancellationToken = default)
    {
        using var stage = new Stage();
        string file = stage.WriteFile("events.jsonl", "");
        stage.AddPipeline<TracedPipeline>();
        stage.UseOpenLineage(new OpenLineageOptions { File = file, IncludeMessages = includeMessages });
        Feed.Give(rows);
        PartitionResult result = await stage.RunAsync("traced", "2026-02-27", cancellationToken);
        return ([.. (await File.ReadAllLinesAsync(file, CancellationToken.None)).Select(static line => JsonNode.Parse(line)!)], result);
    }
}
