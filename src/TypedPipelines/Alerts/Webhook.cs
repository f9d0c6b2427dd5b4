namespace TypedPipelines.Alerts;

/// <summary>An address that alerts are posted to. It is a secret, and in no log.</summary>
/// <param name="url">The address.</param>
/// <param name="form">What it understands.</param>
public sealed class Webhook(Uri url, WebhookForm form = WebhookForm.Json)
{
    /// <summary>The address.</summary>
    public Uri Url { get; } = url;

    /// <summary>What it understands.</summary>
    public WebhookForm Form { get; } = form;

    /// <summary>The value of the header <c>Authorization</c>; null for none.</summary>
    public string? Authorization { get; init; }
}

/// <summary>The form of a message to a webhook.</summary>
public enum WebhookForm
{
    /// <summary>The alert's own fields: docs/alerts.md lists them.</summary>
    Json,

    /// <summary>An incoming webhook of Slack, or what takes the same.</summary>
    Slack,

    /// <summary>A workflow of Microsoft Teams that posts an adaptive card.</summary>
    Teams,
}
