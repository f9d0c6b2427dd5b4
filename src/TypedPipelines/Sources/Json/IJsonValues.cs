using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>The values of one JSON file, one after the other.</summary>
internal interface IJsonValues : IAsyncDisposable
{
    FilePath Path { get; }

    /// <summary>Where the value read last stands: its line, or in an array its number, from 1.</summary>
    long Position { get; }

    /// <summary>The value read last, as it stands.</summary>
    string Text { get; }

    /// <summary>Moves to the next value.</summary>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The value read last as a row.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    TRow? Current<TRow>(JsonTypeInfo<TRow> type);
}
