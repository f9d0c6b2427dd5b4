using TypedPipelines.OpenLineage;

namespace TypedPipelines.Tests.Running;

/// <summary>What the environment says of where OpenLineage events go.</summary>
public sealed class OpenLineageOptionsTests
{
    [Fact]
    public void The_variables_of_openlineage_s_own_clients_are_read()
    {
        OpenLineageOptions options = From(("OPENLINEAGE_URL", "https://lineage.example.org"), ("OPENLINEAGE_ENDPOINT", "in"), ("OPENLINEAGE_API_KEY", "k"), ("OPENLINEAGE_NAMESPACE", "prod"), ("OPENLINEAGE_FILE", "events.jsonl"));
        (options.Url?.ToString(), options.Endpoint, options.ApiKey, options.Namespace, options.File).ShouldBe(("https://lineage.example.org/", "in", "k", "prod", "events.jsonl"));
        From(("OPENLINEAGE_URL", "https://lineage.example.org"), ("OPENLINEAGE_DISABLED", "true")).Url.ShouldBeNull();
        From().ShouldBe(new OpenLineageOptions());
    }

    [Theory]
    [InlineData("marquez")]
    [InlineData("ftp://marquez")]
    public void An_address_that_is_none_is_a_matter_of_usage(string url) =>
        Should.Throw<PipelineException>(() => From(("OPENLINEAGE_URL", url))).Kind.ShouldBe(FailureKind.Usage);

    private static OpenLineageOptions From(params (string Name, string Value)[] variables) =>
        OpenLineageOptions.From(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
