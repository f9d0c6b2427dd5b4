using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TypedPipelines.PostgreSql;

/// <summary>Keys of advisory locks: stable over versions and machines, since two programs must agree about them.</summary>
internal static class LockKey
{
    /// <summary>The first of the two numbers by which a table is locked; the second is the table's own.</summary>
    internal const int Tables = 0x54504C44;

    /// <summary>What guards the creation of tables.</summary>
    internal static long Preparation { get; } = Of("prepare");

    internal static long OfPartition(string pipeline, string partition) => Of("partition", pipeline, partition);

    /// <summary>What those who have looked at a pipeline's loads share, and its publishes take each for itself before they note what they have loaded.</summary>
    internal static long OfReaders(string pipeline) => Of("readers", pipeline);

    /// <summary>Each part goes in with its length, so that two lists of parts never run together.</summary>
    private static long Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string part in (ReadOnlySpan<string>)["typed_pipelines", .. parts])
        {
            byte[] text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            hash.AppendData(length);
            hash.AppendData(text);
        }

        return BinaryPrimitives.ReadInt64BigEndian(hash.GetHashAndReset());
    }
}
