using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

/// <summary>A row that can be filled anew, as many libraries' readers do.</summary>
public abstract class Mutable
{
    [Key]
    public int Id { get; set; }
}

[ReplaceTable(Table = "mutable")]
public sealed class OfSource : Mutable;

[ReplaceTable]
public sealed class OfAsyncSource : Mutable;

[ReplaceTable]
public sealed class OfExpand : Mutable;

[ReplaceTable]
public sealed class OfSet : Mutable;

[ReplaceTable]
public sealed record Fixed(int Id);

public sealed record Amount(int Of);

[Pipeline("source")]
public sealed partial class ReusingSourcePipeline
{
    [Source]
    static IEnumerable<OfSource> All(Partition partition) => Feed.Take<OfSource>(partition);
}

[Pipeline("async")]
public sealed partial class ReusingAsyncSourcePipeline
{
    [Source]
    static async IAsyncEnumerable<OfAsyncSource> All(Partition partition)
    {
        await Task.CompletedTask;
        foreach (OfAsyncSource row in Feed.Take<OfAsyncSource>(partition))
        {
            yield return row;
        }
    }
}

[Pipeline("expand")]
public sealed partial class ReusingExpandPipeline
{
    [Source]
    static IEnumerable<Amount> All() => [new Amount(3)];

    [Step]
    static IEnumerable<OfExpand> Expand(Amount amount, WholePartition partition) => Feed.Take<OfExpand>(partition).Take(amount.Of);
}

[Pipeline("set")]
public sealed partial class ReusingSetPipeline
{
    [Source]
    static IEnumerable<Amount> All() => [new Amount(3)];

    [Step]
    static IEnumerable<OfSet> Whole(IEnumerable<Amount> amounts, WholePartition partition) => Feed.Take<OfSet>(partition).Take(amounts.Sum(amount => amount.Of));
}

[Pipeline("fixed")]
public sealed partial class FixedPipeline
{
    [Source]
    static IEnumerable<Fixed> All(Partition partition) => Feed.Take<Fixed>(partition);
}
