using TypedPipelines.Running;

namespace TypedPipelines.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(FailureKind.Source, 1)]
    [InlineData(FailureKind.RejectLimit, 3)]
    [InlineData(FailureKind.Check, 3)]
    [InlineData(FailureKind.Row, 3)]
    [InlineData(FailureKind.DuplicateKey, 3)]
    [InlineData(FailureKind.VersionConflict, 3)]
    [InlineData(FailureKind.DeleteLimit, 3)]
    [InlineData(FailureKind.Step, 1)]
    [InlineData(FailureKind.Accounting, 1)]
    [InlineData(FailureKind.Schema, 4)]
    [InlineData(FailureKind.Locked, 1)]
    [InlineData(FailureKind.LockLost, 1)]
    [InlineData(FailureKind.Upstream, 1)]
    [InlineData(FailureKind.Window, 2)]
    [InlineData(FailureKind.Destination, 4)]
    [InlineData(FailureKind.Usage, 2)]
    [InlineData(FailureKind.Cancelled, 130)]
    [InlineData(FailureKind.Unexpected, 1)]
    public void Every_kind_of_failure_has_its_code(FailureKind kind, int code) => ExitCode.Of(kind).ShouldBe(code);

    [Fact]
    public void The_table_above_leaves_no_kind_out() => Enum.GetValues<FailureKind>().Length.ShouldBe(18);

    // L loaded, U up to date, B blocked, C cancelled; a kind's name for a failure.
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("L U", 2, 0)]
    [InlineData("L Source", 2, 1)]
    [InlineData("L B", 2, 1)]
    [InlineData("L Row", 2, 3)]
    [InlineData("L Check L", 3, 3)]
    [InlineData("L Check B", 3, 1)]
    [InlineData("Row RejectLimit DuplicateKey", 3, 3)]
    [InlineData("Row Source", 2, 1)]
    [InlineData("Row B", 2, 1)]
    [InlineData("Destination", 1, 4)]
    [InlineData("U Destination Schema", 3, 4)]
    [InlineData("L Destination", 2, 1)]
    [InlineData("Destination Row", 2, 1)]
    [InlineData("Usage", 1, 2)]
    [InlineData("L C", 2, 130)]
    [InlineData("Row C", 5, 130)]
    [InlineData("L", 2, 130)]
    public void A_special_code_is_given_only_where_it_is_the_whole_truth(string ends, int planned, int code) =>
        ExitCode.Of([.. ends.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read)], planned).ShouldBe(code);

    private static (PartitionStatus, FailureKind?) Read(string end) => end switch
    {
        "L" => (PartitionStatus.Loaded, null),
        "U" => (PartitionStatus.UpToDate, null),
        "B" => (PartitionStatus.Blocked, FailureKind.Upstream),
        "C" => (PartitionStatus.Cancelled, FailureKind.Cancelled),
        _ => (PartitionStatus.Failed, Enum.Parse<FailureKind>(end)),
    };
}
