using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace TypedPipelines;

/// <summary>CSV files, open for reading: one after the other, record by record.</summary>
internal sealed class CsvSource<TRow>(string source, CsvFiles<TRow> files, CsvContract<TRow> contract, IRejectSink rejects, FileWatch? watch = null) : IRowSource<TRow>
{
    private IReadOnlyList<FilePath>? _paths;
    private int _opened;
    private CsvScanner? _scanner;
    private int[] _fields = [];

    /// <summary>
    /// Fills a batch. Files are read synchronously: the system reads ahead, and a wait per record would cost more than the
    /// few waits per megabyte that it avoids.
    /// </summary>
    public ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _paths ??= FindFiles();
        return _scanner is null ? OpenAsync(batch, _paths, cancellationToken) : new ValueTask<bool>(Read(batch, _scanner, _paths));
    }

    private async ValueTask<bool> OpenAsync(RowBatch<TRow> batch, IReadOnlyList<FilePath> paths, CancellationToken cancellationToken)
    {
        if (_opened == paths.Count)
        {
            batch.Begin(files.Path);
            return false;
        }

        if (watch is not null)
        {
            await watch.BeginAsync(paths[_opened], cancellationToken).ConfigureAwait(false);
        }

        return Read(batch, OpenNext(paths[_opened]), paths);
    }

    /// <returns>Whether there may be more.</returns>
    private bool Read(RowBatch<TRow> batch, CsvScanner scanner, IReadOnlyList<FilePath> paths)
    {
        batch.Begin(scanner.Origin);
        if (!Fill(batch, scanner))
        {
            Close();
        }

        return _scanner is not null || _opened < paths.Count;
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads as many records as a batch has room for, so that a file of nothing but rejects can be cancelled too.</summary>
    /// <returns>Whether there may be more in the file.</returns>
    private bool Fill(RowBatch<TRow> batch, CsvScanner scanner)
    {
        CsvHelper.CsvReader reader = scanner.Reader;
        int fieldCount = scanner.FieldCount;
        for (int i = 0; i < RowBatch<TRow>.Capacity; i++)
        {
            if (!scanner.Read())
            {
                return false;
            }

            if (scanner.IsMalformed || reader.FieldCount != fieldCount || !IsValidUtf8(reader.RawRecord))
            {
                RejectRecord(scanner);
                continue;
            }

            var record = new CsvRecord(reader, _fields, scanner.NameFields);
            if (contract.TryParse(ref record, out TRow row))
            {
                batch.Add(row, reader.LineNumber);
            }
            else
            {
                RejectValue(scanner, record.FailedColumn, record.FailedReason ?? "cannot be parsed");
            }
        }

        return true;
    }

    // Most records are ASCII, and asking that first is several times as fast on texts of this length.
    private static bool IsValidUtf8(ReadOnlySpan<byte> text) => Ascii.IsValid(text) || Utf8.IsValid(text);

    private void RejectRecord(CsvScanner scanner)
    {
        int count = scanner.Reader.FieldCount;
        if (scanner.IsMalformed)
        {
            string reason = scanner.DescribeMalformed();
            (int field, string? value) = scanner.FindFault() is var (at, text) ? (at, text) : (-1, (string?)null);
            Reject(scanner, NameOf(scanner, field), value, reason);
        }
        else if (count != scanner.FieldCount)
        {
            Reject(scanner, null, null, string.Create(
                CultureInfo.InvariantCulture,
                $"has {count} {(count == 1 ? "field" : "fields")} where the header has {scanner.FieldCount}"));
        }
        else
        {
            int column = Array.FindIndex(_fields, field => field >= 0 && !Utf8.IsValid(scanner.Reader.GetSpan(field)));
            RejectValue(scanner, column, "is not valid UTF-8");
        }
    }

    /// <summary>The column that a field belongs to, also one that the row type does not have; null past the end of the header.</summary>
    private string? NameOf(CsvScanner scanner, int field) => field < 0 ? null
        : Array.IndexOf(_fields, field) is >= 0 and var column ? contract.Columns[column]
        : field < scanner.Header.Length ? scanner.Header[field] : null;

    private void RejectValue(CsvScanner scanner, int column, string reason) => Reject(
        scanner,
        column < 0 ? null : contract.Columns[column],
        column < 0 ? null : Encoding.UTF8.GetString(_fields[column] is >= 0 and var field ? scanner.Reader.GetSpan(field) : scanner.NameFields[~_fields[column]]),
        column < 0 || _fields[column] >= 0 ? reason : reason + " (it is from the file's name)");

    /// <summary>
    /// Rejects a record. One of several lines counts for all of them: what is wrong with it most likely comes from a quote too
    /// many that joined rows, and they must not pass as one.
    /// </summary>
    private void Reject(CsvScanner scanner, string? column, string? value, string reason)
    {
        long line = scanner.Reader.LineNumber;
        int lines = scanner.CountLines();
        string span = lines == 1
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; the record spans lines {line}-{line + lines - 1}, which an extra quote may have joined; it counts as {lines} rows");
        rejects.Add(new Reject(source, scanner.Origin, line, column, value, scanner.RawText, reason + span) { Rows = lines });
    }

    private IReadOnlyList<FilePath> FindFiles() =>
        char.IsAscii(files.Separator) && files.Separator is not ('"' or '\r' or '\n' or '\0')
            ? files.Names?.Find($"source {source}", files.Optional) ?? FilePath.Find($"source {source}", files.Path, files.Optional)
            : throw new PipelineException(
                FailureKind.Source,
                $"source {source} declares {Quote.Text(files.Separator.ToString())} as the separator of {files.Path}",
                "A separator is one ASCII character other than a quote, a line break or NUL.");

    private CsvScanner OpenNext(FilePath path)
    {
        CsvScanner scanner = CsvScanner.Open(source, path, files.Separator, files.Encoding);
        try
        {
            _fields = scanner.ReadHeader(contract.Columns);
        }
        catch
        {
            scanner.Dispose();
            throw;
        }

        _opened++;
        return _scanner = scanner;
    }

    private void Close()
    {
        _scanner?.Dispose();
        _scanner = null;
    }
}
