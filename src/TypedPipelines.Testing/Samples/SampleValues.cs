using System.Globalization;

namespace TypedPipelines.Testing;

/// <summary>Values made up for members: from few different ones, so that rows of several tables meet, with a null now and then.</summary>
internal sealed class SampleValues(SampleOptions options)
{
    /// <summary>So many different values a member has, unless all are to be.</summary>
    private const int Few = 6;

    private static readonly DateTimeOffset First = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Its own generator: what System.Random gives for a seed may change between versions of .NET.
    private ulong _state = (ulong)(uint)options.Seed;

    /// <summary>The partition whose window dates and instants lie in.</summary>
    internal Partition? Within { get; set; } = options.Within;

    private DateTimeOffset Start => Within is { HasWindow: true } within ? within.Start : First;

    private TimeSpan Length => Within is { HasWindow: true } within ? within.End - within.Start : TimeSpan.FromDays(366);

    /// <summary>The value of a member in a row.</summary>
    internal object? Next(RowMember member, int row)
    {
        if (options.Edges && EdgeValues.Of(member, Within) is { } edges && row < edges.Count)
        {
            return edges[row];
        }

        return options.Distinct ? Distinct(member, row)
            : member.IsNullable && Below(4) == 0 ? null
            : Of(member, Below(Few));
    }

    /// <summary>A value that no other number has, as far as the type has as many.</summary>
    internal object? Distinct(RowMember member, int number) => Of(member, number);

    private object? Of(RowMember member, int number)
    {
        if (member.Allowed is { Length: > 0 } allowed)
        {
            return allowed[number % allowed.Length];
        }

        if (member.Range is { } range && Ranged(member, range, number) is { } inRange)
        {
            return inRange;
        }

        Type type = member.Type;
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => Enum.GetValues(type) is { Length: > 0 } values ? values.GetValue(number % values.Length) : Activator.CreateInstance(type),
            TypeCode.Boolean => number % 2 == 0,
            TypeCode.String => Text(member, number),
            TypeCode.Char => (char)('A' + (number % 26)),
            TypeCode.Decimal => Money(member, number),
            TypeCode.Single or TypeCode.Double => Convert.ChangeType(number + (number % 4 / 4.0), type, CultureInfo.InvariantCulture),
            TypeCode.SByte or TypeCode.Byte => Convert.ChangeType(1 + (number % 127), type, CultureInfo.InvariantCulture),
            TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 =>
                Convert.ChangeType(1 + (number % short.MaxValue), type, CultureInfo.InvariantCulture),
            TypeCode.DateTime => Instant(number).UtcDateTime,
            _ when type == typeof(DateTimeOffset) => Instant(number),
            _ when type == typeof(DateOnly) => Day(number),
            _ when type == typeof(TimeOnly) => TimeOnly.MinValue.AddMinutes(number * 7 % 1440),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(number * 7),
            _ when type == typeof(Guid) => new Guid(number, (short)options.Seed, 0, [0x80, 0, 0, 0, 0, 0, 0, 1]),
            _ when type == typeof(byte[]) => (byte[])[.. BitConverter.GetBytes(number).Take(member.MaxLength ?? int.MaxValue)],
            _ when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0),
            _ when type is { IsAbstract: false, IsPrimitive: false } && type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) != true => Inner(type, number),
            _ => member.IsNullable ? null : throw new PipelineAssertionException(
                $"A value of type {TypeNames.Of(type)} cannot be made up, as {member.Name} needs one. Give rows of your own."),
        };
    }

    /// <summary>A type of the user's own within a row.</summary>
    private object Inner(Type type, int number)
    {
        RowForm form = RowForm.Of(type);
        return form.Make([.. form.Members.Select(inner => inner.KeepsDefault ? inner.Default : inner.Type == type ? null : Of(inner, number))]);
    }

    private DateTimeOffset Instant(int number) => Start + TimeSpan.FromTicks((number * TimeSpan.FromMinutes(37).Ticks) % Length.Ticks);

    private DateOnly Day(int number)
    {
        (DateOnly first, DateOnly end) = Within is { HasWindow: true, Window: var window }
            ? (window.StartDate, window.EndDate)
            : (DateOnly.FromDateTime(First.UtcDateTime), new DateOnly(2025, 1, 1));
        return first.AddDays(number % (end.DayNumber - first.DayNumber));
    }

    /// <summary>Letters, as a spreadsheet names its columns, and where there is room the one whose other case depends on the culture.</summary>
    private static string Text(RowMember member, int number)
    {
        string text = "";
        for (int rest = number + 1; rest > 0; rest = (rest - 1) / 26)
        {
            text = (char)('A' + ((rest - 1) % 26)) + text;
        }

        int room = member.MaxLength ?? int.MaxValue;
        return text.Length < room ? text + 'i' : text[..room];
    }

    private static decimal Money(RowMember member, int number)
    {
        int scale = Math.Min(member.Precision?.Scale ?? 2, 2);
        decimal most = member.Precision is { } precision ? (decimal)Math.Pow(10, Math.Min(precision.Precision - precision.Scale, 9)) : 1_000_000_000;
        return new decimal(number % 10, 0, 0, false, (byte)scale) + (number % most);
    }

    private static object? Ranged(RowMember member, System.ComponentModel.DataAnnotations.RangeAttribute range, int number)
    {
        try
        {
            decimal least = Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture);
            decimal most = Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture);
            least += range.MinimumIsExclusive ? 1 : 0;
            most -= range.MaximumIsExclusive ? 1 : 0;
            return most < least ? null : Convert.ChangeType(most - least < 1 ? least : least + (number % (Math.Floor(most - least) + 1)), member.Type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            return null; // Of other types than numbers, or beyond what a decimal holds.
        }
    }

    /// <summary>SplitMix64.</summary>
    private int Below(int most)
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)most);
    }
}
