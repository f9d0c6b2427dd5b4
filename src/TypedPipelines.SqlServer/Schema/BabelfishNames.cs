using System.Security.Cryptography;
using System.Text;

namespace TypedPipelines.SqlServer;

/// <summary>
/// What PostgreSQL calls an index that Babelfish creates. PostgreSQL's indexes share the tables' names, so Babelfish adds the table's name
/// and a hash, and keeps of what is longer than PostgreSQL's 63 bytes the beginning and a hash of the whole. Its catalog shows that name.
/// </summary>
internal static class BabelfishNames
{
    private const int Longest = 63;

    internal static string OfIndex(string index, string table)
    {
        string lower = index.ToLowerInvariant();
        string whole = lower + table.ToLowerInvariant() + Hash(lower);
        byte[] bytes = Encoding.UTF8.GetBytes(whole);
        if (bytes.Length <= Longest)
        {
            return whole;
        }

        int kept = Longest - Hash("").Length;
        while ((bytes[kept] & 0xC0) == 0x80)
        {
            kept--; // Not in the middle of a character.
        }

        return Encoding.UTF8.GetString(bytes, 0, kept) + Hash(whole);
    }

#pragma warning disable CA5351 // The hash that Babelfish takes; it protects nothing.
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
