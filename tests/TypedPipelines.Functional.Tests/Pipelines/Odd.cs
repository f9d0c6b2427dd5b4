using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Call(int Id, string Text);

/// <summary>A row with a constructor that fits and one that does not, and members whose attributes say what their types do not.</summary>
[Merge]
public sealed class CallRow
{
    [SetsRequiredMembers]
    public CallRow(int id, string note) => (Id, Note) = (id, note);

    public CallRow(string id, string note, bool more) => (Id, Note) = (id.Length, note + more);

    [Key]
    public int Id { get; }

    public string? Note { get; }

    [MaybeNull]
    public string Sure { get; set; } = null!;

    public required string By { get; set; } = "nobody";
}

/// <summary>Members named like those that are generated, overloads that would be called instead, and values among the services.</summary>
[Pipeline("calls")]
public sealed partial class CallsPipeline(string prefix = "re: ", int first = 1, TimeProvider? clock = null, params string[] rest)
{
    [Source]
    static IEnumerable<Call> Read(Partition all) => Feed.Take<Call>(all);

    [Step]
    [return: MaybeNull]
    CallRow Make(Call call) => call.Id < first ? null : new CallRow(call.Id, prefix + call.Text + rest.Length) { By = clock is null ? "none" : "clock" };

    [Step]
    static IEnumerable<CallRow> Sort([From(nameof(Make))] IEnumerable<CallRow> rows) => rows.Where(row => row.Id != 3);

    // The list that generated code has would go here.
    static IEnumerable<CallRow> Sort(List<CallRow> rows) => rows.Count > 0 ? [] : rows;

    static int RunRead(int count) => count + ReadTypedPipelineLogic;

    private static readonly int ReadTypedPipelineLogic = RunRead(0);
}
