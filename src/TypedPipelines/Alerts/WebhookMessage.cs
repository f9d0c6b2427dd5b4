using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace TypedPipelines.Alerts;

/// <summary>An alert as a webhook takes it. What comes from data is text everywhere, and no markup.</summary>
internal static class WebhookMessage
{
    /// <summary>The most that Slack takes in a section, less some room for what is around it.</summary>
    private const int MostText = 2500;

    internal static ReadOnlyMemory<byte> Of(Alert alert, WebhookForm form)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            switch (form)
            {
                case WebhookForm.Slack:
                    WriteSlack(json, alert);
                    break;
                case WebhookForm.Teams:
                    WriteTeams(json, alert);
                    break;
                default:
                    WriteFields(json, alert);
                    break;
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteFields(Utf8JsonWriter json, Alert alert)
    {
        json.WriteNumber("version", 1);
        json.WriteString("key", $"{alert.Pipeline}/{alert.Partition}/{AlertText.NameOf(alert.Reason)}");
        json.WriteString("reason", AlertText.NameOf(alert.Reason));
        json.WriteString("pipeline", alert.Pipeline);
        json.WriteString("partition", alert.Partition);
        json.WriteString("owner", alert.Owner);
        json.WriteString("text", alert.Text);
        json.WriteString("message", alert.Message);
        json.WriteString("command", alert.Command);
        json.WriteString("runBook", alert.RunBook?.AbsoluteUri);
        json.WriteString("runId", alert.RunId?.ToString());
        json.WriteString("at", alert.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    private static void WriteSlack(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("text", Slack($"{Title(alert)}: {alert.Text}")); // Where blocks are not shown, as in a notification.
        json.WriteStartArray("blocks");
        Section($"*{Slack(Title(alert))}*\n{Slack(alert.Text)}");
        if (alert.Message is { } message)
        {
            Section(Slack(message));
        }

        Section($"owner: {Slack(alert.Owner ?? "nobody is named")}\n`{Slack(alert.Command.Replace('`', '\''))}`{(alert.RunBook is { } book ? $"\n<{Slack(book.AbsoluteUri)}|run book>" : "")}");
        json.WriteEndArray();

        void Section(string text)
        {
            json.WriteStartObject();
            json.WriteString("type", "section");
            json.WriteStartObject("text");
            json.WriteString("type", "mrkdwn");
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <summary>Text runs show no Markdown, as text blocks would.</summary>
    private static void WriteTeams(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartArray("body");
        Run(Title(alert), weight: "Bolder");
        Run(alert.Text);
        if (alert.Message is { } message)
        {
            Run(message);
        }

        Run($"owner: {alert.Owner ?? "nobody is named"}");
        Run(alert.Command, font: "Monospace");
        json.WriteEndArray();
        if (alert.RunBook is { } book)
        {
            json.WriteStartArray("actions");
            json.WriteStartObject();
            json.WriteString("type", "Action.OpenUrl");
            json.WriteString("title", "Run book");
            json.WriteString("url", book.AbsoluteUri);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();

        void Run(string text, string? weight = null, string? font = null)
        {
            json.WriteStartObject();
            json.WriteString("type", "RichTextBlock");
            json.WriteStartArray("inlines");
            json.WriteStartObject();
            json.WriteString("type", "TextRun");
            json.WriteString("text", Cut(text));
            if (weight is not null)
            {
                json.WriteString("weight", weight);
            }

            if (font is not null)
            {
                json.WriteString("fontType", font);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static string Title(Alert alert) => alert.Reason switch
    {
        AlertReason.ActionNeeded => $"Action needed: {Subject(alert)}",
        AlertReason.CheckWarning => $"Check warning: {Subject(alert)}",
        AlertReason.Late => $"Late: {Subject(alert)}",
        _ => $"Failed: {Subject(alert)}",
    };

    private static string Subject(Alert alert) => alert.Partition is null ? alert.Pipeline : $"{alert.Pipeline} {alert.Partition}";

    /// <summary>By Slack's own rule: with these three no markup, mention or link can begin.</summary>
    private static string Slack(string text) =>
        Cut(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Cut(string text) => text.Length <= MostText ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText), "…");
}
