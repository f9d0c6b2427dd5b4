using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the attribute that says when a pipeline is run.</summary>
internal static class ScheduleParser
{
    public static ScheduleModel? Parse(INamedTypeSymbol pipeline, Findings findings)
    {
        if (pipeline.RuntimeAttribute("ScheduleAttribute") is not { } attribute)
        {
            return null;
        }

        string cron = attribute.Argument(0) as string ?? "";
        if (CronFields.WrongIn(cron) is { } wrong)
        {
            findings.ErrorIn(RuleIds.Schedule, attribute, attribute.Location(0), pipeline, wrong);
        }

        // Which zones there are only the machine knows.
        string timeZone = attribute.Named("TimeZone", "UTC")!;
        if (timeZone.Length == 0 || timeZone.Trim() != timeZone)
        {
            findings.ErrorIn(RuleIds.Schedule, attribute, attribute.Location("TimeZone"), pipeline, $"'{timeZone}' is not the name of a time zone, such as Europe/Berlin");
        }

        return new ScheduleModel(cron, timeZone);
    }
}
