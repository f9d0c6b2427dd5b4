using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// Hashes a sequence of texts so that no other sequence has the same input: each is preceded by its length, and taken char by
/// char, since an encoder would make one of two broken surrogates.
/// </summary>
internal sealed class Digest
{
    /// <summary>A hash of 128 bits: enough that two parts never share one by chance.</summary>
    private const int Bytes = 16;

    private readonly StringBuilder _input = new();

    public Digest Add(string text)
    {
        _input.Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
        return this;
    }

    /// <summary>The hash of what was added, in hexadecimal.</summary>
    public string Hash()
    {
        var bytes = new byte[_input.Length * 2];
        for (int i = 0; i < _input.Length; i++)
        {
            bytes[2 * i] = (byte)_input[i];
            bytes[(2 * i) + 1] = (byte)(_input[i] >> 8);
        }

        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(bytes);
        var text = new StringBuilder(Bytes * 2);
        for (int i = 0; i < Bytes; i++)
        {
            text.Append(hash[i].ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
