using System.Globalization;
using System.Text;

namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>The source as a run sees it: batches, cancellation, the quarantine, memory, cultures.</summary>
public sealed class CsvSourceTests : IDisposable
{
    private const int Rows = (RowBatch<Leg>.Capacity * 2) + 1000;

    private readonly SourceDirectory _directory = new();

    [Fact]
    public void AFileOfManyBatches_IsReadWhole_WithEveryLine()
    {
        var text = new StringBuilder("OriginCity,Miles\r\n");
        for (int i = 0; i < Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"City {i},{(i % 10 == 3 ? "x" : i)}\r\n");
        }

        List<ReadRow<Leg>> rows = _directory.Read(text.ToString(), LegContract.Instance);

        int[] good = [.. Enumerable.Range(0, Rows).Where(i => i % 10 != 3)];
        rows.Select(row => (row.Line, row.Row)).ShouldBe(good.Select(i => (i + 2L, new Leg($"City {i}", i))));
        _directory.Rejects.Select(reject => reject.Line).ShouldBe(Enumerable.Range(0, Rows).Where(i => i % 10 == 3).Select(i => (long?)i + 2));
    }

    [Fact]
    public async Task ACancelledRead_StopsBeforeTheNextBatch()
    {
        string path = _directory.Write("rows.csv", "OriginCity,Miles\n" + string.Concat(Enumerable.Repeat("Oslo,1\n", Rows)));
        await using CsvSource<Leg> source = _directory.Open(new CsvFiles<Leg>(path), LegContract.Instance);
        using var cancellation = new CancellationTokenSource();
        var batch = new RowBatch<Leg>();

        (await source.ReadAsync(batch, cancellation.Token)).ShouldBeTrue();
        cancellation.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(async () => await source.ReadAsync(batch, cancellation.Token));
    }

    [Fact]
    public async Task AFileOfOnlyRejects_CanBeCancelled_BatchByBatch()
    {
        string path = _directory.Write("rows.csv", "OriginCity,Miles\n" + string.Concat(Enumerable.Repeat("Oslo,x\n", Rows)));
        await using CsvSource<Leg> source = _directory.Open(new CsvFiles<Leg>(path), LegContract.Instance);
        var batch = new RowBatch<Leg>();

        (await source.ReadAsync(batch, default)).ShouldBeTrue();

        batch.Count.ShouldBe(0);
        _directory.Rejects.Count.ShouldBe(RowBatch<Leg>.Capacity);
    }

    [Fact]
    public async Task WhatTheQuarantineThrows_PropagatesAsItIs()
    {
        string path = _directory.Write("rows.csv", "OriginCity,Miles\nOslo,x\n");
        var thrown = new IOException("the quarantine is full");
        await using var source = new CsvSource<Leg>("Landing", new CsvFiles<Leg>(path), LegContract.Instance, new FullSink(thrown));

        (await Should.ThrowAsync<IOException>(async () => await source.ReadAsync(new RowBatch<Leg>(), default))).ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task ASourceLeftInTheMiddle_LetsGoOfItsFile()
    {
        string path = _directory.Write("rows.csv", "OriginCity,Miles\n" + string.Concat(Enumerable.Repeat("Oslo,1\n", Rows)));
        CsvSource<Leg> source = _directory.Open(new CsvFiles<Leg>(path), LegContract.Instance);
        (await source.ReadAsync(new RowBatch<Leg>(), default)).ShouldBeTrue();
        Should.Throw<IOException>(() => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None));

        await source.DisposeAsync();

        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        exclusive.CanWrite.ShouldBeTrue();
    }

    [Fact]
    public async Task RowsWithoutText_AreReadWithoutAllocating()
    {
        var text = new StringBuilder("Id,Price,Day,Ratio,At,Kind,Note\n");
        for (int i = 0; i < RowBatch<Measured>.Capacity * 12; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{i}.25,2024-01-{(i % 28) + 1:00},{i}.123456789012345,2024-01-02T03:04:05Z,{(i % 2 == 0 ? "monday" : "2")},{(i % 3 == 0 ? "" : "\"7\"")}\n");
        }

        string path = _directory.Write("rows.csv", text.ToString());
        await using CsvSource<Measured> source = _directory.Open(new CsvFiles<Measured>(path), new MeasuredContract());
        var batch = new RowBatch<Measured>();
        for (int warmUp = 0; warmUp < 4; warmUp++)
        {
            await source.ReadAsync(batch, default);
        }

        int rows = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 6; i++)
        {
            // Completes synchronously, so that everything is allocated on this thread.
            source.ReadAsync(batch, default).IsCompletedSuccessfully.ShouldBeTrue();
            rows += batch.Count;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        rows.ShouldBe(RowBatch<Measured>.Capacity * 6);
        allocated.ShouldBeLessThan(1024, "about no bytes for 24,576 rows");
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("")]
    public void TheMachinesCulture_ChangesNothing(string culture)
    {
        CultureInfo former = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            // "ID" and "PRICE" are spelled with letters that Turkish lower case changes, as is the enum's "FRIDAY".
            string good = "ID,PRICE,DAY,RATIO,AT,KIND,NOTE\n-12,-1234.50,2024-02-29,-1.5e3,29/02/2024 13:04:05,FRIDAY,-7\n";
            _directory.Read(good + "1,\"1,5\",2024-02-29,1,29/02/2024 13:04:05,Friday,\n2147483648,1,2024-02-29,1,29/02/2024 13:04:05,Friday,\n", new MeasuredContract("dd/MM/yyyy HH:mm:ss"))
                .ShouldHaveSingleItem().Row.ShouldBe(new Measured(-12, -1234.50m, new DateOnly(2024, 2, 29), -1500, new DateTime(2024, 2, 29, 13, 4, 5), DayOfWeek.Friday, -7));
            _directory.Rejects.Select(reject => $"{reject.Line} {reject.Column} {reject.Value} {reject.Reason}")
                .ShouldBe(["3 Price 1,5 is not a number of type Decimal", "4 Id 2147483648 is too large for Int32"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    public void Dispose() => _directory.Dispose();

    private readonly record struct Measured(int Id, decimal Price, DateOnly Day, double Ratio, DateTime At, DayOfWeek Kind, int? Note);

    private sealed class MeasuredContract(string? atFormat = null) : CsvContract<Measured>
    {
        public override IReadOnlyList<string> Columns { get; } = ["Id", "Price", "Day", "Ratio", "At", "Kind", "Note"];

        public override bool TryParse(ref CsvRecord record, out Measured row)
        {
            if (record.TryRead(0, out int id)
                && record.TryRead(1, out decimal price)
                && record.TryRead(2, null, out DateOnly day)
                && record.TryRead(3, out double ratio)
                && record.TryRead(4, atFormat, out DateTime at)
                && record.TryReadEnum(5, out DayOfWeek kind)
                && record.TryReadNullable(6, out int? note))
            {
                row = new Measured(id, price, day, ratio, at, kind, note);
                return true;
            }

            row = default;
            return false;
        }
    }

    private sealed class FullSink(Exception thrown) : IRejectSink
    {
        public void Add(Reject reject) => throw thrown;
    }
}
