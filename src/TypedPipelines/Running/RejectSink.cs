using System.Globalization;

namespace TypedPipelines.Running;

/// <summary>The quarantine of one source in one run, with the share that the source declares it accepts.</summary>
internal sealed class RejectSink(NodeDescriptor source, List<Reject> rejects) : IRejectSink
{
    /// <summary>More rejects than anyone would read, and what a run may hold in memory.</summary>
    internal const int Most = 10_000;

    /// <summary>What the texts of those may add up to, in characters.</summary>
    private const long MostText = 64L * 1024 * 1024;

    private int _kept;
    private long _rows;
    private long _text;

    /// <summary>How many rows were rejected: more than the rejects kept where one of them stands for several.</summary>
    internal long Rows => _rows;

    public void Add(Reject reject)
    {
        reject = reject.Abridged();
        rejects.Add(reject);
        _kept++;
        _rows += reject.Rows;
        _text += reject.Raw.Length + (reject.Value?.Length ?? 0);
        if (source.MaxRejectedShare == 0 || _kept > Most || _text > MostText)
        {
            throw new PipelineException(
                FailureKind.RejectLimit,
                source.MaxRejectedShare == 0
                    ? $"{reject.Describe()}, and source {source.Name} accepts no rejected rows"
                    : string.Create(CultureInfo.InvariantCulture, $"source {source.Name} rejected {_kept} records of {_text} characters so far, more than a run can keep, the last one being {reject.Describe()}"),
                "Nothing was changed. Mend the data, or declare the share of bad rows that is acceptable: [Source(MaxRejectedShare = 0.01)]; `rejects` shows the rows.");
        }
    }

    internal void CheckShare(long rowsGiven)
    {
        double share = (double)_rows / Math.Max(1, rowsGiven + _rows);
        if (share > source.MaxRejectedShare)
        {
            throw new PipelineException(
                FailureKind.RejectLimit,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"source {source.Name} rejected {_rows} of {rowsGiven + _rows} rows ({share:P2}), more than the {source.MaxRejectedShare:P2} it accepts; the first is {rejects.First(r => r.Source == source.Name).Describe()}"),
                "Nothing was changed. Mend the data and run the partition again; `rejects` shows every row with its reason.");
        }
    }
}
