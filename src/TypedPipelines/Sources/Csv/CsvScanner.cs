using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace TypedPipelines;

/// <summary>
/// One open CSV file: CsvHelper's scanner, strict. The scanner recovers from whatever is malformed, so that every record is
/// seen here with its raw text; what cannot be told record by record ends the read with a failure that names file and line.
/// </summary>
internal sealed class CsvScanner : IDisposable
{
    /// <summary>The longest record, in bytes. A longer one is a quote that was never closed far more often than a value.</summary>
    internal const int MostRecordBytes = 16 * 1024 * 1024;

    private readonly string _source;
    private readonly FilePath _path;
    private readonly char _separator;
    private readonly Stream _stream;
    private CsvMalformedReason? _malformed;

    private CsvScanner(string source, FilePath path, char separator, Stream stream)
    {
        _source = source;
        _path = path;
        _separator = separator;
        _stream = stream;
        NameFields = [.. (path.Values ?? []).Select(value => Encoding.UTF8.GetBytes(value.Text))];
        Reader = CsvReader.Create(stream, CsvReaderOptions.Default with
        {
            Separator = separator,
            DetectSeparatorHint = false, // A first line "sep=;" would change what the source declares.
            HasHeader = false, // The header is a record like any other until its quotes and its text have been judged.
            TrackLineNumbers = true,
            MaxRecordSize = MostRecordBytes,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = record => _malformed = record.Reason,
        });
    }

    /// <summary>The scanner, on the record read last.</summary>
    internal CsvReader Reader { get; }

    /// <summary>The file's path as declared.</summary>
    internal string Origin => _path.Origin;

    /// <summary>What the file's name says, as fields that every record has.</summary>
    internal byte[][] NameFields { get; }

    /// <summary>How many fields the header has.</summary>
    internal int FieldCount { get; private set; }

    /// <summary>The names in the header.</summary>
    internal string[] Header { get; private set; } = [];

    /// <summary>Whether the record read last breaks the rules of quoting.</summary>
    internal bool IsMalformed => _malformed is not null;

    /// <summary>The text of the record read last; what is not UTF-8 in it shows as replacement characters.</summary>
    internal string RawText => Encoding.UTF8.GetString(Reader.RawRecord);

    private string Place => string.Create(CultureInfo.InvariantCulture, $"source {_source}: {Origin}:{Reader.LineNumber}");

    /// <summary>Opens a file.</summary>
    /// <exception cref="PipelineException">It cannot be opened.</exception>
    internal static CsvScanner Open(string source, FilePath path, char separator, Encoding? encoding) =>
        new(source, path, separator, SourceFile.Open(source, path, encoding));

    /// <summary>Reads the header and finds the contract's columns in it.</summary>
    /// <exception cref="PipelineException">There is no header, or none that fits.</exception>
    internal int[] ReadHeader(IReadOnlyList<string> columns)
    {
        if (!Read())
        {
            throw new PipelineException(
                FailureKind.Source,
                $"source {_source}: {Origin} is empty: it has not even a header",
                $"Deliver the file again: even one without rows begins with the names of its columns. It is {_path.FullPath}.");
        }

        if (IsMalformed || !Utf8.IsValid(Reader.RawRecord))
        {
            throw new PipelineException(
                FailureKind.Source,
                $"{Place}: the header {(IsMalformed ? DescribeMalformed() : "is not valid UTF-8")}: {Quote.Text(RawText)}",
                "Mend the file, saved as UTF-8, and run the partition again.");
        }

        FieldCount = Reader.FieldCount;
        Header = [.. Enumerable.Range(0, FieldCount).Select(Reader.GetString)];
        return CsvHeader.Map(Place, columns, Header, _separator, _path.Values ?? []);
    }

    /// <summary>Moves to the next record that is not a blank line.</summary>
    /// <exception cref="PipelineException">The file cannot be read on.</exception>
    internal bool Read()
    {
        try
        {
            _malformed = null;
            return Reader.Read();
        }
        catch (Exception e) when (SourceFile.IsUnreadable(e))
        {
            throw SourceFile.Unreadable(_source, _path, e);
        }
        catch (CsvFormatException e)
        {
            throw TooLong(e);
        }
    }

    /// <summary>What is wrong with the quotes of the record read last.</summary>
    /// <exception cref="PipelineException">A quote in it is never closed: it has swallowed the rest of the file.</exception>
    internal string DescribeMalformed()
    {
        ReadOnlySpan<byte> record = Reader.RawRecord;
        int unclosed = CsvQuotes.FindUnclosed(record, _separator);
        if (unclosed >= 0)
        {
            throw Unclosed(Reader.LineNumber + CsvQuotes.CountLineBreaks(record[..unclosed]), "the end of the file");
        }

        return _malformed == CsvMalformedReason.TextAfterClosingQuote
            ? "has text after the quote that closes a field (RFC 4180: a quote inside a quoted field is written twice)"
            : "has a quote inside a field that does not begin with one (RFC 4180: such a field is quoted as a whole, and the quotes inside it are written twice)";
    }

    /// <summary>The first field of the record read last whose quotes are at fault, and its text as it stands; null where none is.</summary>
    internal (int Field, string Text)? FindFault() => CsvQuotes.FindFault(Reader.RawRecord, _separator) is var (field, text)
        ? (field, Encoding.UTF8.GetString(Reader.RawRecord[text]))
        : null;

    /// <summary>How many lines the record read last spans.</summary>
    internal int CountLines() => CsvQuotes.CountLineBreaks(Reader.RawRecord) + 1;

    public void Dispose()
    {
        Reader.Dispose();
        _stream.Dispose();
    }

    private PipelineException TooLong(CsvFormatException cause)
    {
        // The scanner gave up within the record: whether a quote is open at its limit says what is wrong.
        byte[] start = [];
        if (_stream.CanSeek)
        {
            start = new byte[MostRecordBytes];
            _stream.Position = cause.ByteOffset;
            _stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }

        int unclosed = CsvQuotes.FindUnclosed(start, _separator);
        return unclosed >= 0
            ? Unclosed(cause.LineNumber + CsvQuotes.CountLineBreaks(start.AsSpan(0, unclosed)), "16 MiB further on")
            : new PipelineException(
                FailureKind.Source,
                string.Create(CultureInfo.InvariantCulture, $"source {_source}: {Origin}:{cause.LineNumber}: the record is longer than 16 MiB, the most that is read"),
                "Check that the file is a CSV file with line breaks, and split or drop the value that is so long.");
    }

    private PipelineException Unclosed(long line, string until) => new(
        FailureKind.Source,
        string.Create(CultureInfo.InvariantCulture, $"source {_source}: {Origin}:{line}: a quote opens a field on this line and is still open at {until}, so every row after it is lost in that field"),
        "Close or remove the quote on that line (a quote that is part of a value is written twice, and its field is quoted), and run the partition again.");
}
