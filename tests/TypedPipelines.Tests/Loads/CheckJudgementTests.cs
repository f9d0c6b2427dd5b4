using TypedPipelines.Running;

namespace TypedPipelines.Tests.Loads;

/// <summary>What comes of a check follows from its severity and from what it tolerates; what is usual, from numbers that a few odd ones do not move.</summary>
public sealed class CheckJudgementTests
{
    [Theory]
    [InlineData(CheckSeverity.Fail, null, null, 0, CheckOutcome.Passed)]
    [InlineData(CheckSeverity.Fail, null, null, 1, CheckOutcome.Failed)]
    [InlineData(CheckSeverity.Fail, 1L, null, 1, CheckOutcome.Warned)]
    [InlineData(CheckSeverity.Fail, 1L, null, 2, CheckOutcome.Failed)]
    [InlineData(CheckSeverity.Fail, null, 0.1, 10, CheckOutcome.Warned)]
    [InlineData(CheckSeverity.Fail, null, 0.1, 11, CheckOutcome.Failed)]
    [InlineData(CheckSeverity.Fail, 5L, 0.1, 6, CheckOutcome.Failed)]
    [InlineData(CheckSeverity.Quarantine, null, null, 100, CheckOutcome.Quarantined)]
    [InlineData(CheckSeverity.Quarantine, 0L, null, 1, CheckOutcome.Failed)]
    [InlineData(CheckSeverity.Quarantine, null, 0.01, 1, CheckOutcome.Quarantined)]
    [InlineData(CheckSeverity.Quarantine, null, 0.01, 2, CheckOutcome.Failed)]
    [InlineData(CheckSeverity.Warn, null, null, 1, CheckOutcome.Warned)]
    [InlineData(CheckSeverity.Warn, 3L, null, 3, CheckOutcome.Passed)]
    [InlineData(CheckSeverity.Warn, 3L, null, 4, CheckOutcome.Warned)]
    public void Of_a_hundred_rows_so_many_break_a_check(CheckSeverity severity, long? maxRows, double? maxShare, long broken, CheckOutcome outcome) =>
        new CheckTolerance(maxRows, maxShare).Judge(severity, broken, 100).ShouldBe(outcome);

    [Theory]
    [InlineData("3", 3, 0)]
    [InlineData("4 1 2 3", 2.5, 1)]
    [InlineData("9 11 10 10 1000000", 10, 1)]
    [InlineData("7 7 7 7", 7, 0)]
    public void The_median_and_the_usual_distance_from_it(string values, double median, double deviations)
    {
        double[] numbers = [.. values.Split(' ').Select(double.Parse)];
        Baseline.Median(numbers).ShouldBe(median);
        Baseline.Deviation(numbers, median).ShouldBe(1.4826 * deviations, 1e-9);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(10.5, "10.5")]
    [InlineData(-1234567.891, "-1234567.891")]
    [InlineData(0.00001234, "1.234E-5")]
    public void Numbers_look_the_same_on_every_machine(double value, string shown) => CheckNumber.Show(value).ShouldBe(shown);
}
