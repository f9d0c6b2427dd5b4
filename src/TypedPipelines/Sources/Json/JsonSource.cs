using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>JSON files, open for reading: one after the other, value by value.</summary>
internal sealed class JsonSource<TRow> : IRowSource<TRow>
{
    private readonly string _source;
    private readonly JsonFiles<TRow> _files;
    private readonly IRejectSink _rejects;
    private readonly FileWatch? _watch;
    private readonly JsonTypeInfo<TRow> _type;
    private IReadOnlyList<FilePath>? _paths;
    private int _opened;
    private IJsonValues? _values;
    private JsonNameMembers<TRow>? _named;

    internal JsonSource(string source, JsonFiles<TRow> files, IRejectSink rejects, FileWatch? watch = null)
    {
        _watch = watch;
        _source = source;
        _files = files;
        _rejects = rejects;
        _type = JsonRow.Strict(files.Type);
    }

    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        _paths ??= _files.Names?.Find($"source {_source}", _files.Optional) ?? FilePath.Find($"source {_source}", _files.Path, _files.Optional);
        if (_values is null)
        {
            if (_opened == _paths.Count)
            {
                batch.Begin(_files.Path);
                return false;
            }

            FilePath path = _paths[_opened++];
            if (_watch is not null)
            {
                await _watch.BeginAsync(path, cancellationToken).ConfigureAwait(false);
            }

            _named = JsonNameMembers<TRow>.Of(path.Values, _type);
            _values = JsonValues.Open(_source, path, SourceFile.Open(_source, path, _files.Encoding), _files.Form, _files.Encoding);
        }

        batch.Begin(_values.Path.Origin);
        if (!await FillAsync(batch, _values, cancellationToken).ConfigureAwait(false))
        {
            await DisposeAsync().ConfigureAwait(false);
        }

        return _values is not null || _opened < _paths.Count;
    }

    public async ValueTask DisposeAsync()
    {
        if (_values is { } values)
        {
            _values = null;
            await values.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads as many values as a batch has room for, so that a file of nothing but rejects can be cancelled too.</summary>
    /// <returns>Whether there may be more in the file.</returns>
    private async ValueTask<bool> FillAsync(RowBatch<TRow> batch, IJsonValues values, CancellationToken cancellationToken)
    {
        for (int i = 0; i < RowBatch<TRow>.Capacity; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await ReadAsync(values, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            try
            {
                if ((_named is null ? values.Current(_type) : _named.Read(values.Text)) is { } row)
                {
                    batch.Add(row, values.Position);
                }
                else
                {
                    Reject(values, null, null, "is null");
                }
            }
            catch (JsonException e)
            {
                Reject(values, JsonRow.Member(e), JsonRow.Value(e), JsonRow.Reason(e));
            }
        }

        return true;
    }

    private async ValueTask<bool> ReadAsync(IJsonValues values, CancellationToken cancellationToken)
    {
        try
        {
            return await values.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (SourceFile.IsUnreadable(e))
        {
            throw SourceFile.Unreadable(_source, values.Path, e);
        }
    }

    private void Reject(IJsonValues values, string? path, string? value, string reason) =>
        _rejects.Add(new Reject(_source, values.Path.Origin, values.Position, path, value, values.Text, reason));
}
