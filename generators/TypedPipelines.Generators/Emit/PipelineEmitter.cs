using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the generated part of a pipeline's class: its descriptor and the code that runs it.</summary>
internal static class PipelineEmitter
{
    private const string Runtime = "global::TypedPipelines.";

    public static string Emit(PipelineModel pipeline)
    {
        SourceWriter writer = SourceWriter.ForFile(pipeline.Namespace, pipeline.Obsolete);
        EmitRemarks(writer, pipeline);
        if (!pipeline.IsMarkedGenerated)
        {
            writer.Line(Text.GeneratedCode);
        }

        using (writer.Braces($"partial class {Text.Identifier(pipeline.ClassName)} : {Runtime}IPipeline"))
        {
            EmitDescriptor(writer, pipeline);
            writer.Line();
            LogicEmitter.Value.EmitDeclaration(writer, pipeline);
            writer.Line();
            LineageEmitter.Value.EmitDeclaration(writer, pipeline);
            writer.Line();
            new RunEmitter(writer, pipeline).Emit();
        }

        return writer.ToString();
    }

    private static void EmitRemarks(SourceWriter writer, PipelineModel pipeline)
    {
        writer.Line("/// <remarks>").Line("/// What runs, pass by pass:").Line("/// <list type=\"bullet\">");
        foreach (Stage stage in Stages.Plan(pipeline.Nodes, pipeline.Lookups).Ordered.SelectMany(static stage => stage.All))
        {
            writer.Line($"/// <item><description>{Text.Xml(StageText.Describe(pipeline, stage))}</description></item>");
        }

        writer.Line("/// </list>").Line("/// </remarks>");
    }

    private static void EmitDescriptor(SourceWriter writer, PipelineModel pipeline)
    {
        writer.Line("/// <inheritdoc/>").Obsolete(pipeline.Obsolete);
        using (writer.Braces($"static {Runtime}PipelineDescriptor {Runtime}IPipeline.Descriptor {{ get; }} = new()", "};"))
        {
            writer.Line($"Name = {Text.Literal(pipeline.Name)},");
            if (pipeline.Owner is not null)
            {
                writer.Line($"Owner = {Text.Literal(pipeline.Owner)},");
            }

            if (pipeline.Description is not null)
            {
                writer.Line($"Description = {Text.Literal(pipeline.Description)},");
            }

            if (pipeline.Summary is not null)
            {
                writer.Line($"Summary = {Text.Literal(pipeline.Summary)},");
            }

            writer.Line($"Partitions = {Partitions(pipeline.Partitions)},");
            if (pipeline.Schedule is { } schedule)
            {
                string zone = schedule.TimeZone == "UTC" ? "" : ", " + Text.Literal(schedule.TimeZone);
                writer.Line($"Schedule = new {Runtime}Schedules.PipelineSchedule({Text.Literal(schedule.Cron)}{zone}),");
            }

            List(writer, "Nodes", pipeline.Nodes.Select(Node));
            List(writer, "SqlSteps", pipeline.Nodes.Where(node => node.Form == NodeForm.SqlStep).Select(node => SqlStepEmitter.Describe(pipeline, node)));
            List(writer, "Loads", pipeline.Loads.Select(load => $"new({ContractEmitter.QualifiedName(pipeline.Table(load.RowType).Row)}.Instance, {Text.Literal(load.From)})"));
            writer.Line($"Logic = {LogicEmitter.Value.Read(pipeline)}(),");
            writer.Line($"Lineage = {LineageEmitter.Value.Read(pipeline)}(),");
            TableModel[] reads = [.. pipeline.Tables.Where(table => !pipeline.Loads.Any(load => load.RowType == table.Row.Type))];
            List(writer, "Reads", reads.Select(table => ContractEmitter.QualifiedName(table.Row) + ".Instance"));
            List(writer, "WholeReads", reads.Where(table => pipeline.ReadsWhole(table.Row.Type)).Select(table => ContractEmitter.QualifiedName(table.Row) + ".Instance"));
        }
    }

    private static void List(SourceWriter writer, string name, IEnumerable<string> items)
    {
        string[] all = [.. items];
        if (all.Length == 0)
        {
            return;
        }

        writer.Line($"{name} =").Line("[");
        using (writer.Indent())
        {
            foreach (string item in all)
            {
                writer.Line(item + ",");
            }
        }

        writer.Line("],");
    }

    private static string Node(NodeModel node)
    {
        string kind = node.Form == NodeForm.SqlStep ? "SqlStep" : node.IsSource ? "Source" : node.Form.ToString().Replace("Async", "");
        string from = node.From is null ? "" : ", " + Text.Literal(node.From);
        string share = node.MaxRejectedShare > 0 ? ", MaxRejectedShare: " + Text.Literal(node.MaxRejectedShare) : "";
        string description = node.Description is null ? "" : $" {{ Description = {Text.Literal(node.Description)} }}";
        return $"new({Text.Literal(node.Name)}, {Runtime}NodeKind.{kind}, {Text.Literal(node.OutputName)}{from}{share}){description}";
    }

    private static string Partitions(PartitionsModel partitions)
    {
        if (partitions.Scheme is null)
        {
            return Runtime + "PartitionScheme.None";
        }

        string end = partitions.End is null ? "" : $", end: {Text.Literal(partitions.End)}";
        string zone = partitions.TimeZone == "UTC" ? "" : $", timeZone: {Text.Literal(partitions.TimeZone)}";
        string partial = partitions.AllowPartial ? ", allowPartial: true" : "";
        string lookBack = partitions.LookBack == 0 ? "" : $", lookBack: {Text.Literal(partitions.LookBack)}";
        string due = partitions.DueWithin is null ? "" : $", dueWithin: {Text.Literal(partitions.DueWithin)}";
        return $"{Runtime}PartitionScheme.{partitions.Scheme}({Text.Literal(partitions.Start)}{end}{zone}{partial}{lookBack}{due})";
    }
}
