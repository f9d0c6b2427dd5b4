namespace TypedPipelines.Running;

/// <summary>Finds a row among all, of which some are left out, by its position among those that are not.</summary>
internal static class LeftOutRows
{
    /// <param name="leftOut">The positions, among all, of those left out, in order.</param>
    /// <param name="position">A position among the others.</param>
    /// <returns>Its position among all.</returns>
    internal static int Among(ReadOnlySpan<int> leftOut, int position)
    {
        // Of those that stay, leftOut[n] - n are before the one left out that is number n: this never falls.
        int low = 0;
        int high = leftOut.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (leftOut[middle] - middle <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return position + low;
    }
}
