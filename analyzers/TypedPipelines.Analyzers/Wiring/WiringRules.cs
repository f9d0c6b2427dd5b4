using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Wiring;

/// <summary>The rules of what the parser finds: one descriptor for each id that it can report. (Fields, since release tracking looks for those.)</summary>
internal static class WiringRules
{
    private static readonly DiagnosticDescriptor ClassNotPartial = Rule.Error(
        RuleIds.ClassNotPartial,
        "A pipeline class is partial",
        "'{0}' is a pipeline but not partial, so its wiring cannot be generated into it; add 'partial'");

    private static readonly DiagnosticDescriptor ClassShape = Rule.Error(
        RuleIds.ClassShape,
        "A pipeline is an ordinary class in a namespace",
        "'{0}' cannot be a pipeline: it must be a class that is not nested, generic, static, file-local or a record");

    private static readonly DiagnosticDescriptor NothingProduces = Rule.Error(
        RuleIds.NothingProduces,
        "Nothing gives the rows asked for",
        "Nothing in this pipeline gives rows of type {0}: {1}");

    private static readonly DiagnosticDescriptor SeveralProduce = Rule.Error(
        RuleIds.SeveralProduce,
        "Several methods give the same rows",
        "Rows of type {0} come from several methods ({1}): [From(nameof(...))] says which of them a parameter means, and a table is loaded from one only");

    private static readonly DiagnosticDescriptor Cycle = Rule.Error(
        RuleIds.Cycle,
        "Steps wait for each other",
        "These steps wait for each other's rows: {0}");

    private static readonly DiagnosticDescriptor OutputUnused = Rule.Error(
        RuleIds.OutputUnused,
        "The rows of a method go nowhere",
        "Nothing takes the rows of '{0}': no step has a parameter of type {1}, and {1} carries no load strategy such as [Merge]");

    private static readonly DiagnosticDescriptor Signature = Rule.Error(
        RuleIds.Signature,
        "The signature is not one of a source or step",
        "'{0}' cannot be wired: {1}");

    private static readonly DiagnosticDescriptor ColumnType = Rule.Error(
        RuleIds.ColumnType,
        "No database column holds this type",
        "'{0}' is of type {1}, which no column holds; use a type of the table in the rule's page, or mark it [NotMapped]");

    private static readonly DiagnosticDescriptor KeyMissing = Rule.Error(
        RuleIds.KeyMissing,
        "A key is needed",
        "The key of {0} must be marked [Key]: {1} goes by it");

    private static readonly DiagnosticDescriptor PartitionColumn = Rule.Error(
        RuleIds.PartitionColumn,
        "Table and window do not fit",
        "The load does not fit its window: {0}");

    private static readonly DiagnosticDescriptor FloatKey = Rule.Error(
        RuleIds.FloatKey,
        "A key is not a floating-point number",
        "'{0}' is a floating-point key: two computations of one value can differ in the last bit, and the row is inserted twice; use decimal, an integer or text");

    private static readonly DiagnosticDescriptor RowConstruction = Rule.Error(
        RuleIds.RowConstruction,
        "Generated code cannot make the row",
        "Rows of type {0} cannot be made: {1}");

    private static readonly DiagnosticDescriptor DecimalPrecision = Rule.Suggestion(
        RuleIds.DecimalPrecision,
        "A decimal column has a declared precision",
        "'{0}' is a decimal without a precision, so its column is decimal(28,10); declare it with [Precision(digits, decimals)]");

    private static readonly DiagnosticDescriptor PartitionText = Rule.Error(
        RuleIds.PartitionText,
        "The bounds of the partitions are readable",
        "The pipeline's partitions cannot be listed: {0}");

    private static readonly DiagnosticDescriptor Schedule = Rule.Error(
        RuleIds.Schedule,
        "A schedule is one that cron reads",
        "The pipeline's schedule cannot be kept: {0}");

    private static readonly DiagnosticDescriptor NullableKey = Rule.Warning(
        RuleIds.NullableKey,
        "A key member can be null",
        "'{0}' is a key and can be null, and a row in which it is null stops the run; make it non-nullable, or set NullKeys on [Merge] to say that null is a key like any other");

    private static readonly DiagnosticDescriptor NothingToDo = Rule.Error(
        RuleIds.NothingToDo,
        "A pipeline loads something",
        "'{0}' loads nothing: a pipeline has a [Source], and at least one of its row types carries a load strategy such as [Merge]");

    private static readonly DiagnosticDescriptor TableName = Rule.Error(
        RuleIds.TableName,
        "A table has one name",
        "The table of {0} cannot be named: {1}");

    private static readonly DiagnosticDescriptor PipelineName = Rule.Error(
        RuleIds.PipelineName,
        "A pipeline has a name",
        "The name of '{0}' is empty, and the command line and the ledger know pipelines by name");

    private static readonly DiagnosticDescriptor LoadOptions = Rule.Error(
        RuleIds.LoadOptions,
        "The options of a load fit its rows",
        "The load cannot do what is declared: {0}");

    private static readonly DiagnosticDescriptor NotChecked = Rule.Warning(
        RuleIds.NotChecked,
        "A declared check is not made",
        "{0} on '{1}' is not checked when rows are loaded: {2}");

    private static readonly DiagnosticDescriptor Unsatisfiable = Rule.Error(
        RuleIds.Unsatisfiable,
        "What is declared of a column can be met",
        "'{0}' cannot be what is declared: {1}");

    private static readonly DiagnosticDescriptor RejectedShare = Rule.Error(
        RuleIds.RejectedShare,
        "A share of rejects lies between 0 and 1",
        "'{0}' accepts a share of {1} rejected rows: MaxRejectedShare goes from 0 to 1, and 0.05 is 5 %");

    private static readonly DiagnosticDescriptor OwnTable = Rule.Error(
        RuleIds.OwnTable,
        "A SQL step reads what other pipelines loaded",
        "'{0}' reads the table of {1}, which its own pipeline loads: what this run makes of it is not in the table before the run ends; put one of them into another pipeline");

    private static readonly DiagnosticDescriptor ColumnTaken = Rule.Error(
        RuleIds.ColumnTaken,
        "A column is one member's own",
        "'{0}' and '{1}' are both the column '{2}'{3}");

    private static readonly DiagnosticDescriptor OneStrategy = Rule.Error(
        RuleIds.OneStrategy,
        "A row type has one load strategy",
        "{0} is loaded in {1} ways, {2}: a table has one; leave one of them, or make a row type for each");

    private static readonly DiagnosticDescriptor Format = Rule.Error(
        RuleIds.Format,
        "The format of a date or time can be read",
        "'{0}' cannot be read with the format '{1}': {2}");

    private static readonly DiagnosticDescriptor GeneratedName = Rule.Error(
        RuleIds.GeneratedName,
        "The names of generated code are free",
        "The code for {0} needs the name {1}, which something else has; rename that, or move {0} into another namespace");

    private static readonly DiagnosticDescriptor CheckSignature = Rule.Error(
        RuleIds.CheckSignature,
        "The signature is one of a check",
        "'{0}' is no check: {1}");

    private static readonly DiagnosticDescriptor CheckOptions = Rule.Error(
        RuleIds.CheckOptions,
        "A check fits what it checks",
        "The check '{0}' cannot be made: {1}");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        ClassNotPartial,
        ClassShape,
        NothingProduces,
        SeveralProduce,
        Cycle,
        OutputUnused,
        Signature,
        ColumnType,
        KeyMissing,
        PartitionColumn,
        FloatKey,
        RowConstruction,
        DecimalPrecision,
        PartitionText,
        Schedule,
        NullableKey,
        NothingToDo,
        TableName,
        PipelineName,
        LoadOptions,
        NotChecked,
        Unsatisfiable,
        RejectedShare,
        OwnTable,
        ColumnTaken,
        OneStrategy,
        Format,
        GeneratedName,
        CheckSignature,
        CheckOptions,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(rule => rule.Id);

    public static DiagnosticDescriptor Find(string id) => ById[id];
}
