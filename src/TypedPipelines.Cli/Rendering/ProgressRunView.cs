using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>A run as progress bars, one for each pipeline, with failures scrolling by above them: for a person at a terminal.</summary>
internal sealed class ProgressRunView : IRunView
{
    private readonly Screen _screen;
    private readonly IAnsiConsole _console;
    private readonly ConcurrentDictionary<int, Track> _tracks = [];
    private readonly Dictionary<string, Track> _byPipeline = new(StringComparer.Ordinal);
    private readonly BlockedPartitions _blocked = new();
    private HashSet<(string Pipeline, string Partition)> _planned = [];
    private ProgressContext? _progress;

    internal ProgressRunView(Screen screen)
    {
        _screen = screen;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(screen.Output),
            // The screen has been judged already; only an old Windows console still has to be asked.
            Ansi = OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        _console.Profile.Width = screen.Width ?? _console.Profile.Width;
    }

    /// <inheritdoc/>
    public Task ShowAsync(IReadOnlyList<PlannedPartition> plan, Func<Task> work)
    {
        _planned = [.. plan.Where(planned => planned.Runs).Select(KeyOf)];
        return _console.Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new Numbers(task => _tracks.TryGetValue(task.Id, out Track? track) ? track.Partitions(task) : ""),
                new Numbers(task => _tracks.TryGetValue(task.Id, out Track? track) ? track.Rate() : ""))
            .StartAsync(async context =>
            {
                _progress = context;
                try
                {
                    await work().ConfigureAwait(false);
                }
                finally
                {
                    CloseBlocked(null);
                    foreach (Track track in _byPipeline.Values)
                    {
                        track.Stop();
                    }
                }
            });
    }

    /// <inheritdoc/>
    public void Notice(string text)
    {
        _console.Write(new Text(text + Environment.NewLine));
        CopyToErrorLog(text);
    }

    /// <inheritdoc/>
    public void Started(PlannedPartition planned)
    {
        Track track = TrackOf(planned);
        if (!_planned.Contains(KeyOf(planned)))
        {
            track.Expect(); // It became stale while the plan was carried out.
        }

        track.Show(Visible.Of(planned.Partition.Key));
    }

    /// <inheritdoc/>
    public void RowsRead(PlannedPartition planned, long rows) => TrackOf(planned).AddRows(rows);

    /// <inheritdoc/>
    public void Finished(PartitionResult result)
    {
        if (!result.Planned.Runs)
        {
            return;
        }

        if (_blocked.Folds(result))
        {
            TrackOf(result.Planned).Advance();
            return;
        }

        CloseBlocked(result);
        if (result.Status is not (PartitionStatus.Loaded or PartitionStatus.UpToDate))
        {
            foreach (string line in ResultText.Failed(result, _screen.Width))
            {
                _console.Write(new Text(line + Environment.NewLine, new Style(Color.Red)));
            }

            CopyToErrorLog([.. ResultText.Failed(result, null)]);
        }

        foreach (string line in ResultText.Rejected(result, _screen.Width).Concat(ResultText.Warned(result, _screen.Width)))
        {
            _console.Write(new Text(line + Environment.NewLine, new Style(Color.Yellow)));
        }

        CopyToErrorLog([.. ResultText.Rejected(result, null), .. ResultText.Warned(result, null)]);

        if (result.Status != PartitionStatus.Cancelled)
        {
            TrackOf(result.Planned).Advance();
        }
    }

    private void CloseBlocked(PartitionResult? next)
    {
        if (_blocked.Close(next) is { } line)
        {
            _console.Write(new Text(line + Environment.NewLine, new Style(Color.Red)));
            CopyToErrorLog(line);
        }
    }

    private static (string Pipeline, string Partition) KeyOf(PlannedPartition planned) => (planned.Pipeline.Descriptor.Name, planned.Partition.Key);

    /// <summary>With errors redirected into a file, that file must not miss what the terminal shows.</summary>
    private void CopyToErrorLog(params string[] lines)
    {
        if (!_screen.ErrorIsTerminal)
        {
            foreach (string line in lines)
            {
                _screen.Error.WriteLine(line);
            }
        }
    }

    private Track TrackOf(PlannedPartition planned)
    {
        string pipeline = planned.Pipeline.Descriptor.Name;
        if (!_byPipeline.TryGetValue(pipeline, out Track? track))
        {
            // A bar appears when its pipeline begins: a plan of many pipelines does not fill the screen at once.
            track = new Track(_progress!.AddTask(Markup.Escape(pipeline), maxValue: _planned.Count(key => key.Pipeline == pipeline)), pipeline);
            _byPipeline.Add(pipeline, track);
            _tracks[track.Id] = track;
        }

        return track;
    }

    private sealed class Track(ProgressTask task, string pipeline)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private long _rows;
        private long _stopped;

        internal int Id => task.Id;

        internal void Show(string partition) => task.Description = Markup.Escape($"{pipeline} {partition}");

        /// <summary>One partition more than planned: its time counts, too.</summary>
        internal void Expect()
        {
            task.MaxValue++;
            _stopped = 0;
        }

        internal void AddRows(long rows) => Interlocked.Add(ref _rows, rows);

        internal void Advance()
        {
            task.Increment(1);
            if (task.Value >= task.MaxValue)
            {
                Rest();
            }
        }

        /// <summary>The end: a task that is stopped cannot be started again.</summary>
        internal void Stop()
        {
            Rest();
            task.StopTask();
        }

        private void Rest()
        {
            if (_stopped == 0)
            {
                _stopped = Stopwatch.GetTimestamp();
                task.Description = Markup.Escape(pipeline);
            }
        }

        internal string Partitions(ProgressTask shown) =>
            string.Create(CultureInfo.InvariantCulture, $"{shown.Value:0}/{Invariant.Count((long)shown.MaxValue, "partition")}");

        internal string Rate()
        {
            double seconds = Stopwatch.GetElapsedTime(_started, _stopped == 0 ? Stopwatch.GetTimestamp() : _stopped).TotalSeconds;
            return string.Create(CultureInfo.InvariantCulture, $"{(seconds > 0 ? Interlocked.Read(ref _rows) / seconds : 0):#,0} rows/s");
        }
    }

    private sealed class Numbers(Func<ProgressTask, string> text) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(text(task)).RightJustified();
    }
}
