namespace TypedPipelines.Testing;

/// <summary>Whether two values are the same to a test: numbers within a tolerance, bytes by what they are.</summary>
internal sealed class CellComparer(double tolerance)
{
    internal bool AreSame(object? expected, object? actual) => (expected, actual) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (double left, double right) => left.Equals(right) || Math.Abs(left - right) <= tolerance,
        (float left, float right) => left.Equals(right) || Math.Abs((double)left - right) <= tolerance,
        (decimal left, decimal right) => left == right || Math.Abs((double)(left - right)) <= tolerance,
        (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
        (DateTime left, DateTime right) => left == right && left.Kind == right.Kind || left.ToUniversalTime() == right.ToUniversalTime() && left.Kind != DateTimeKind.Unspecified && right.Kind != DateTimeKind.Unspecified,
        _ => expected.Equals(actual),
    };

    internal int CountSame(object?[] expected, object?[] actual)
    {
        int same = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            same += AreSame(expected[i], actual[i]) ? 1 : 0;
        }

        return same;
    }
}
