using TypedPipelines.Alerts;

namespace TypedPipelines.Tests.Running;

public sealed class AlertOptionsTests
{
    [Fact]
    public void The_environment_names_webhooks_and_the_folder_of_run_books()
    {
        AlertOptions options = AlertOptions.From(name => name switch
        {
            "TYPEDPIPELINES_ALERTS_SLACK" => "https://hooks.example/a",
            "TYPEDPIPELINES_ALERTS_RUNBOOKS" => "https://books.example/x",
            _ => null,
        });
        options.Webhooks.Select(webhook => (webhook.Url.AbsoluteUri, webhook.Form)).ShouldBe([("https://hooks.example/a", WebhookForm.Slack)]);
        options.RunBooks!.AbsoluteUri.ShouldBe("https://books.example/x");
    }

    [Fact]
    public void What_is_no_address_is_refused_and_not_said() =>
        Should.Throw<PipelineException>(() => AlertOptions.From(_ => "hooks.example/s3cret")).Message.ShouldNotContain("s3cret");
}
