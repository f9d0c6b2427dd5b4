using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>What a file's name says, as members of each value in the file: they are put in front of its own, and may not be there twice.</summary>
internal sealed class JsonNameMembers<TRow>
{
    private readonly string _members;
    private readonly JsonTypeInfo<TRow> _type;

    private JsonNameMembers(string members, JsonTypeInfo<TRow> type)
    {
        _members = members;
        _type = type;
    }

    /// <summary>The members; null where the row type has none of the names.</summary>
    internal static JsonNameMembers<TRow>? Of(IReadOnlyList<NameValue>? values, JsonTypeInfo<TRow> type)
    {
        string[] members = [.. (values ?? []).SelectMany(value => type.Properties
            .Where(property => CsvHeader.Key(property.Name) == CsvHeader.Key(value.Name))
            .Select(property => $"{Quoted(property.Name)}:{Literal(value.Text, property.PropertyType)}"))];
        return members.Length == 0 ? null : new JsonNameMembers<TRow>(string.Join(',', members), type);
    }

    /// <summary>Reads a value of the file as a row.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    internal TRow? Read(string text)
    {
        ReadOnlySpan<char> value = text.AsSpan().TrimStart(" \t\r\n");
        if (value is not ['{', .. var own])
        {
            return JsonSerializer.Deserialize(text, _type);
        }

        return JsonSerializer.Deserialize($"{{{_members}{(own.TrimStart(" \t\r\n") is ['}', ..] ? "" : ",")}{own}", _type);
    }

    /// <summary>A number or a truth value where the member is one: names have only text.</summary>
    private static string Literal(string text, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool))
        {
            return bool.TryParse(text, out bool truth) ? (truth ? "true" : "false") : Quoted(text);
        }

        bool isNumber = type.IsEnum || type == typeof(Int128) || type == typeof(UInt128) || Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;
        return isNumber && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : Quoted(text);
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
