using System.Text.Unicode;

namespace TypedPipelines;

/// <summary>
/// The members of an enum by name and by number. The base library's parser also takes numbers that no member has, lists of
/// names and surrounding white space, none of which a column should.
/// </summary>
internal static class CsvEnum<TEnum>
    where TEnum : struct, Enum
{
    private const int LongestName = 128;

    private static readonly Dictionary<Int128, TEnum> ByNumber = [];
    private static readonly Dictionary<string, TEnum>.AlternateLookup<ReadOnlySpan<char>> ByName;
    private static readonly Dictionary<string, TEnum>.AlternateLookup<ReadOnlySpan<char>> ByNameInAnyCase;
    private static readonly string NotAMember;

    static CsvEnum()
    {
        var names = new Dictionary<string, TEnum>(StringComparer.Ordinal);
        var namesInAnyCase = new Dictionary<string, TEnum>(StringComparer.OrdinalIgnoreCase);
        bool unsigned = Type.GetTypeCode(typeof(TEnum)) == TypeCode.UInt64;
        foreach (string name in Enum.GetNames<TEnum>())
        {
            TEnum member = Enum.Parse<TEnum>(name);
            names[name] = member;
            namesInAnyCase.TryAdd(name, member);
            ByNumber[unsigned ? Convert.ToUInt64(member, null) : Convert.ToInt64(member, null)] = member;
        }

        ByName = names.GetAlternateLookup<ReadOnlySpan<char>>();
        ByNameInAnyCase = namesInAnyCase.GetAlternateLookup<ReadOnlySpan<char>>();
        NotAMember = $"is not a member of {typeof(TEnum).Name} ({string.Join(", ", names.Keys.Take(20))}{(names.Count > 20 ? ", …" : "")})";
    }

    internal static string? Read(ReadOnlySpan<byte> text, out TEnum value)
    {
        value = default;
        if (CsvWholeNumber.TryScan(text, out ulong magnitude, out bool negative, out bool tooLarge))
        {
            return !tooLarge && ByNumber.TryGetValue(negative ? -(Int128)magnitude : magnitude, out value) ? null : NotAMember;
        }

        Span<char> name = stackalloc char[LongestName];
        if (text.Length > name.Length)
        {
            return NotAMember;
        }

        Utf8.ToUtf16(text, name, out _, out int length);
        name = name[..length];
        return ByName.TryGetValue(name, out value) || ByNameInAnyCase.TryGetValue(name, out value) ? null : NotAMember;
    }
}
