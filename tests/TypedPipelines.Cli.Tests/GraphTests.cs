namespace TypedPipelines.Cli.Tests;

/// <summary>Sources, steps and tables as pictures in words.</summary>
public sealed class GraphTests
{
    private readonly Program _program = new();

    [Fact]
    public async Task For_Mermaid()
    {
        Program.Ran ran = await _program.RunAsync("graph", "--columns");
        ran.Code.ShouldBe(ExitCode.Done);
        ran.Output.ShouldBe(
            """
            flowchart LR
              subgraph p0["flights"]
                n0(["Landing"])
                n1["Clean"]
              end
              n2[("analytics.flights<br/>flight_date<br/>origin")]
              n0 --> n1
              n1 --> n2

            """);
        _program.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task For_Graphviz()
    {
        (await _program.RunAsync("graph", "--format", "dot")).Output.ShouldBe(
            """
            digraph pipelines {
              rankdir=LR;
              node [fontname="sans-serif"];
              subgraph cluster_0 {
                label="flights";
                n0 [label="Landing", shape=ellipse];
                n1 [label="Clean", shape=box];
              }
              n2 [label="analytics.flights", shape=cylinder];
              n0 -> n1;
              n1 -> n2;
            }

            """);
    }

    [Fact]
    public async Task A_name_is_no_markup()
    {
        var program = new Program { Flights = new("a\"] --> x; <b>`\\", PartitionScheme.None, new FlightContract("flights")) };
        (await program.RunAsync("graph")).Output.ShouldContain("[\"a#quot;] --#gt; x#59; #lt;b#gt;#96;#92;\"]\n");
        (await program.RunAsync("graph", "--format", "dot")).Output.ShouldContain("label=\"a\\\"] --> x; <b>`\\\\\";\n");
    }

    [Fact]
    public async Task A_table_that_one_loads_and_another_reads_is_there_once()
    {
        var flights = new FlightContract("flights");
        _program.MorePipelines.Add(new FlightPipeline("delays", PartitionScheme.None, new FlightContract("delays"), flights).Registration);
        string output = (await _program.RunAsync("graph")).Output;
        output.Split("analytics.flights").Length.ShouldBe(2);
        output.ShouldContain("subgraph p3[\"delays\"]");
    }
}
