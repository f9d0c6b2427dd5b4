using System.Text;

namespace TypedPipelines.SqlServer;

/// <summary>Texts of the ledger.</summary>
internal static class LedgerText
{
    /// <summary>The ledger's word for a value of an enum.</summary>
    internal static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    internal static TEnum Word<TEnum>(string text)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(text, ignoreCase: true);

    /// <summary>
    /// A text as every tool can show it: NUL becomes the symbol for it, and half of a surrogate pair the replacement character.
    /// A rejected row may hold either; it is there to be read by people.
    /// </summary>
    internal static string? Kept(string? text) => text is null
        ? null
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\u2400')));
}
