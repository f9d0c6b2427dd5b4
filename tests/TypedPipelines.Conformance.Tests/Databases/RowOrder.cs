namespace TypedPipelines.Tests.Databases;

/// <summary>The order of rows by their values, column by column: null first, texts by their UTF-16 units.</summary>
internal sealed class RowOrder : IComparer<object?[]>
{
    internal static readonly RowOrder Instance = new();

    public int Compare(object?[]? x, object?[]? y) =>
        x!.Zip(y!, Compare).FirstOrDefault(order => order != 0);

    private static int Compare(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.CompareOrdinal(a, b),
        (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
        _ => Comparer<object>.Default.Compare(x, y),
    };
}
