using System.Globalization;

namespace TypedPipelines.Running;

/// <summary>Turns what a user's method throws into a failure that names the method and the row.</summary>
internal static class StepFailure
{
    internal static PipelineException InStep(string step, RowPosition position, object? row, Exception cause) => Describe(
        cause, $"step {step} failed at {position}{Show(row)}");

    /// <summary>The statement of a SQL step; what its method throws names the step.</summary>
    internal static SqlQuery QueryOf(PipelineDescriptor pipeline, SqlStepDescriptor step, Partition partition, Func<Exception, bool> isFailure)
    {
        try
        {
            return step.QueryOf(pipeline.Name, partition);
        }
        catch (Exception e) when (isFailure(e))
        {
            throw Describe(e, $"the SQL step {step.Name} of the pipeline {pipeline.Name} failed for partition {partition.Key}");
        }
    }

    internal static PipelineException InSource(NodeDescriptor node, long rowsBefore, Exception cause) => Describe(
        cause,
        node.Kind == NodeKind.Source
            ? string.Create(CultureInfo.InvariantCulture, $"source {node.Name} failed after {rowsBefore} rows")
            : string.Create(CultureInfo.InvariantCulture, $"step {node.Name} failed after giving {rowsBefore} rows"));

    /// <summary>A row in its own words: of one culture, of one line, and only if it has any.</summary>
    private static string Show(object? row)
    {
        if (row is null)
        {
            return " on a null row";
        }

        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            string? text = row.ToString();
            return text is null || text == row.GetType().ToString() ? "" : $" on the row {Quote.Line(text)}";
        }
        catch (Exception)
        {
            return ""; // A row that cannot say what it is must not hide what went wrong with it.
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static PipelineException Describe(Exception cause, string where) => cause is PipelineException known
        ? new PipelineException(known.Kind, $"{where}: {known.What}", known.Next, known)
        : new PipelineException(
            FailureKind.Step,
            $"{where}: {cause.GetType().Name}: {cause.Message.TrimEnd('.')}",
            "Nothing was changed. Mend the method, or handle such rows in it; --verbose shows the stack trace.",
            cause);
}
