using System.Text;

namespace TypedPipelines.Tests.Sources;

/// <summary>A directory of real files for one test, with a source over them.</summary>
public sealed class SourceDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("typed-pipelines-source-");

    internal List<Reject> Rejects { get; } = [];

    internal string Path => _directory.FullName;

    internal string PathOf(string name) => System.IO.Path.Combine(Path, name);

    internal string OriginOf(string name) => PathOf(name).Replace('\\', '/');

    internal string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    internal CsvSource<TRow> Open<TRow>(CsvFiles<TRow> files, CsvContract<TRow> contract) => new("Landing", files, contract, new ListSink(Rejects));

    /// <summary>Reads a single file of the given text.</summary>
    internal List<ReadRow<TRow>> Read<TRow>(string text, CsvContract<TRow> contract) => ReadAll(new CsvFiles<TRow>(Write("rows.csv", text)), contract);

    internal List<ReadRow<TRow>> Read<TRow>(byte[] bytes, CsvContract<TRow> contract) => ReadAll(new CsvFiles<TRow>(Write("rows.csv", bytes)), contract);

    internal List<ReadRow<TRow>> ReadAll<TRow>(CsvFiles<TRow> files, CsvContract<TRow> contract) => ReadAll(Open(files, contract));

    internal List<ReadRow<TRow>> ReadAll<TRow>(JsonFiles<TRow> files) => ReadAll(new JsonSource<TRow>("Landing", files, new ListSink(Rejects)));

    private static List<ReadRow<TRow>> ReadAll<TRow>(IRowSource<TRow> source)
    {
        try
        {
            var rows = new List<ReadRow<TRow>>();
            var batch = new RowBatch<TRow>();
            bool more;
            do
            {
                more = source.ReadAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                for (int i = 0; i < batch.Count; i++)
                {
                    rows.Add(new ReadRow<TRow>(batch.PositionOf(i).Origin, batch.PositionOf(i).Line!.Value, batch.Rows[i]));
                }
            }
            while (more);
            return rows;
        }
        finally
        {
            source.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    internal PipelineException FailToRead<TRow>(JsonFiles<TRow> files) => Fail(() => ReadAll(files));

    internal PipelineException FailToRead<TRow>(CsvFiles<TRow> files, CsvContract<TRow> contract) => Fail(() => ReadAll(files, contract));

    private static PipelineException Fail(Action read)
    {
        PipelineException failure = Should.Throw<PipelineException>(read);
        failure.Kind.ShouldBe(FailureKind.Source);
        return failure;
    }

    internal PipelineException FailToRead<TRow>(string text, CsvContract<TRow> contract) => FailToRead(new CsvFiles<TRow>(Write("rows.csv", text)), contract);

    public void Dispose() => _directory.Delete(recursive: true);

    private sealed class ListSink(List<Reject> rejects) : IRejectSink
    {
        public void Add(Reject reject) => rejects.Add(reject);
    }
}
