using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Says in words what a stage does.</summary>
internal static class StageText
{
    public static string Describe(PipelineModel pipeline, Stage stage)
    {
        var parts = new List<string>
        {
            stage.Root.Form switch
            {
                NodeForm.CsvSource => $"{stage.Root.Name} reads {stage.Root.OutputName} from CSV",
                NodeForm.JsonSource => $"{stage.Root.Name} reads {stage.Root.OutputName} from JSON",
                NodeForm.TableSource => $"{stage.Root.Name} reads {stage.Root.OutputName} from its table",
                NodeForm.SqlStep => $"{stage.Root.Name} has the destination make {stage.Root.OutputName}{TablesOf(pipeline, stage.Root)}",
                NodeForm.WholeSet or NodeForm.AsyncWholeSet => $"{stage.Root.Name} makes {stage.Root.OutputName} of all rows that {stage.Root.From} gave",
                NodeForm.AsyncMap => $"{stage.Root.Name} makes {stage.Root.OutputName} of each that {stage.Root.From} gave, of several at a time",
                NodeForm.AsyncFilter => $"{stage.Root.Name} keeps or drops each that {stage.Root.From} gave, of several at a time",
                NodeForm.AsyncExpand => $"{stage.Root.Name} makes any number of {stage.Root.OutputName} of each that {stage.Root.From} gave, of several at a time",
                NodeForm.AsyncFilterMap => $"{stage.Root.Name} makes {stage.Root.OutputName} of each that {stage.Root.From} gave, or drops it, of several at a time",
                _ => $"{stage.Root.Name} gives {stage.Root.OutputName}",
            },
        };
        foreach (NodeModel step in stage.Steps)
        {
            string lookups = string.Join(", ", step.Parameters
                .Where(parameter => parameter.Form == ParameterForm.Lookup)
                .Select(parameter => pipeline.Lookups.First(lookup => lookup.Serves(parameter)).RowName));
            string how = step.Form switch
            {
                NodeForm.Filter => "keeps or drops each",
                NodeForm.FilterMap => $"makes {step.OutputName} of each, or drops it",
                NodeForm.Expand => $"makes any number of {step.OutputName} of each",
                _ => $"makes {step.OutputName} of each",
            };
            parts.Add($"{step.Name} {how}{(lookups.Length == 0 ? "" : $", looking up {lookups}")}");
        }

        foreach (LoadModel load in pipeline.Loads.Where(load => stage.Gives(load.From)))
        {
            parts.Add($"table {pipeline.Table(load.RowType).Name} takes what {load.From} gives");
        }

        return string.Join("; ", parts) + ".";
    }

    private static string TablesOf(PipelineModel pipeline, NodeModel step)
    {
        string[] tables = [.. step.Parameters.Where(parameter => parameter.Form == ParameterForm.Table).Select(parameter => pipeline.Table(parameter.RowType!).Name).Distinct()];
        return tables.Length == 0 ? "" : $" of {string.Join(", ", tables)}";
    }
}
