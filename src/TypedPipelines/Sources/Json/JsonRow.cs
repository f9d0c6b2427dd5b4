using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>What holds for a row of JSON wherever it comes from.</summary>
internal static class JsonRow
{
    private static readonly JsonDateTimeOffsets Moments = new();
    private static readonly JsonDateTimes Times = new();
    private static readonly JsonDecimals Numbers = new(inQuotesToo: false);
    private static readonly JsonDecimals NumbersInQuotesToo = new(inQuotesToo: true);
    private static readonly JsonNullableDecimals NullableNumbersInQuotesToo = new(NumbersInQuotesToo);

    // Kept for each options, since what the serializer knows of a type is.
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> StrictOptions = [];

    /// <summary>
    /// What the serializer lets pass or changes without a word must not pass: by default, it fills in zeros and nulls for what is missing, takes the
    /// last of two members of one name, any number for an enum, the machine's time zone where there is no offset, and rounds decimals.
    /// </summary>
    internal static JsonTypeInfo<TRow> Strict<TRow>(JsonTypeInfo<TRow> type) => type.Options.TypeInfoResolver is null
        ? type
        : (JsonTypeInfo<TRow>)StrictOptions.GetValue(type.Options, OptionsFor).GetTypeInfo(typeof(TRow));

    /// <summary>The member at fault; null where it is the value as a whole.</summary>
    internal static string? Member(JsonException exception) => exception.Path is null or "$" ? null : exception.Path;

    /// <summary>The value at fault; null where only the row shows it.</summary>
    internal static string? Value(JsonException exception) => (exception as JsonValueException)?.Value;

    /// <summary>What is wrong, without the place, which the reject has by itself.</summary>
    internal static string Reason(JsonException exception) => exception is JsonValueException
        ? WithoutPlace(exception.Message)
        : $"cannot be read: {WithoutPlace(exception.Message)}";

    /// <summary>A message of the serializer, or of its reader, without the place: that is one in a buffer.</summary>
    internal static string WithoutPlace(string message)
    {
        int place = message.IndexOf(" Path: ", StringComparison.Ordinal);
        place = place < 0 ? message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : place;
        return (place < 0 ? message : message[..place]).TrimEnd('.');
    }

    private static JsonSerializerOptions OptionsFor(JsonSerializerOptions own)
    {
        JsonSerializerOptions quoted = Strict(own, JsonNumberHandling.AllowReadingFromString, static _ => { });
        return Strict(own, JsonNumberHandling.Strict, type => TakeQuotesWhereDeclared(type, quoted));
    }

    private static JsonSerializerOptions Strict(JsonSerializerOptions own, JsonNumberHandling more, Action<JsonTypeInfo> modifier)
    {
        var strict = new JsonSerializerOptions(own)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            TypeInfoResolver = own.TypeInfoResolver!.WithAddedModifier(modifier),
            NumberHandling = own.NumberHandling | more,
        };

        // The first converter of a type is taken: that of enums asks the user's, and the others stand behind them.
        strict.Converters.Insert(0, new JsonEnums(own));
        strict.Converters.Add(Moments);
        strict.Converters.Add(Times);
        strict.Converters.Add(TakesQuotes(strict.NumberHandling) ? NumbersInQuotesToo : Numbers);
        return strict;
    }

    /// <summary>The serializer hands how a member's numbers are written to converters of its own alone.</summary>
    private static void TakeQuotesWhereDeclared(JsonTypeInfo type, JsonSerializerOptions quoted)
    {
        foreach (JsonPropertyInfo member in type.Properties)
        {
            if (member.CustomConverter is null && TakesQuotes(member.NumberHandling ?? type.NumberHandling ?? default))
            {
                if (JsonQuotedDecimals.IsListOfDecimals(member.PropertyType))
                {
                    member.CustomConverter = new JsonQuotedDecimals(quoted);
                    member.NumberHandling = null; // The serializer refuses it beside a converter that is not its own.
                    continue;
                }

                member.CustomConverter = member.PropertyType == typeof(decimal) ? NumbersInQuotesToo
                    : member.PropertyType == typeof(decimal?) ? NullableNumbersInQuotesToo
                    : null;
            }
        }
    }

    private static bool TakesQuotes(JsonNumberHandling handling) => (handling & JsonNumberHandling.AllowReadingFromString) != 0;
}
