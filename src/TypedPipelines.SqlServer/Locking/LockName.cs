using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TypedPipelines.SqlServer;

/// <summary>
/// Names of application locks: stable over versions and machines, since two programs must agree about them, and short, for SQL Server
/// cuts them after 255 characters.
/// </summary>
internal static class LockName
{
    /// <summary>What guards the creation of tables.</summary>
    internal const string Preparation = "typed_pipelines:prepare";

    /// <summary>The beginning of the name of a table's lock; its object id is the rest.</summary>
    internal const string Tables = "typed_pipelines:table:";

    /// <summary>What those who have looked at a pipeline's loads share, and its publishes take each for itself before they note what they have loaded.</summary>
    internal static string OfReaders(string pipeline) => $"typed_pipelines:readers:{Hash(pipeline)}";

    internal static string OfPartition(string pipeline, string partition) => $"typed_pipelines:partition:{Hash(pipeline, partition)}";

    /// <summary>Each part goes in with its length, so that two lists of parts never run together.</summary>
    private static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string part in parts)
        {
            byte[] text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            hash.AppendData(length);
            hash.AppendData(text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
