namespace TypedPipelines.Alerts;

/// <summary>Where alerts go, and what they say.</summary>
public sealed class AlertOptions
{
    /// <summary>Where to post them; besides, they go to every <see cref="IAlertSink"/> of the host's services.</summary>
    public IReadOnlyList<Webhook> Webhooks { get; init; } = [];

    /// <summary>The folder of the <see cref="RunBookPage">run books</see> as a browser finds it, such as <c>https://git.example/data/runbooks/</c>; null for none.</summary>
    public Uri? RunBooks { get; init; }

    /// <summary>Whether the message of a failure is sent, which can have values of the row that failed; without it, its kind, and the command that shows the message.</summary>
    public bool IncludeMessages { get; init; }

    /// <summary>How many alerts are sent for one plan; of the others one tells how many there are. 20 unless set.</summary>
    public int Most { get; init; } = 20;

    /// <summary>How long the end of a plan may be held up for alerts that are still on their way; the rest is given up then, which is logged. 10 seconds unless set.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The options that the environment says: the addresses of webhooks in <c>TYPEDPIPELINES_ALERTS_WEBHOOK</c>, <c>TYPEDPIPELINES_ALERTS_SLACK</c> and
    /// <c>TYPEDPIPELINES_ALERTS_TEAMS</c>, and <c>TYPEDPIPELINES_ALERTS_RUNBOOKS</c>.
    /// </summary>
    /// <exception cref="PipelineException">One of them is no address.</exception>
    public static AlertOptions FromEnvironment() => From(Environment.GetEnvironmentVariable);

    internal static AlertOptions From(Func<string, string?> variable)
    {
        (string Name, WebhookForm Form)[] forms = [("WEBHOOK", WebhookForm.Json), ("SLACK", WebhookForm.Slack), ("TEAMS", WebhookForm.Teams)];
        return new AlertOptions
        {
            Webhooks = [.. forms.Select(form => (Url: Address(variable, form.Name), form.Form)).Where(form => form.Url is not null).Select(form => new Webhook(form.Url!, form.Form))],
            RunBooks = Address(variable, "RUNBOOKS"),
        };
    }

    private static Uri? Address(Func<string, string?> variable, string name)
    {
        string? text = variable("TYPEDPIPELINES_ALERTS_" + name);
        return string.IsNullOrWhiteSpace(text) ? null
            : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address
            : throw new PipelineException(FailureKind.Usage, $"the variable TYPEDPIPELINES_ALERTS_{name} holds no address of a web server", "Write it like: https://hooks.example/alerts");
    }
}
