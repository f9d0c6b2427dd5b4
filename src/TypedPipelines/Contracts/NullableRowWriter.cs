namespace TypedPipelines;

/// <summary>The nullable forms of <see cref="IRowWriter"/>'s methods.</summary>
public static class NullableRowWriter
{
    /// <summary>Writes the next column, null or not.</summary>
    /// <typeparam name="TWriter">The writer.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void WriteNullable<TWriter>(ref this TWriter writer, bool? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, short? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, int? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, long? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, float? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, double? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, DateOnly? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, TimeOnly? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, DateTime? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, DateTimeOffset? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, Guid? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, string? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is not null)
        {
            writer.Write(value);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <inheritdoc cref="WriteNullable{TWriter}(ref TWriter, bool?)"/>
    public static void WriteNullable<TWriter>(ref this TWriter writer, byte[]? value)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is not null)
        {
            writer.Write(value);
        }
        else
        {
            writer.WriteNull();
        }
    }

    /// <summary>Writes the next column, a decimal or null.</summary>
    /// <typeparam name="TWriter">The writer.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    /// <param name="precision">Digits in all.</param>
    /// <param name="scale">Digits after the point.</param>
    public static void WriteNullable<TWriter>(ref this TWriter writer, decimal? value, int precision, int scale)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        if (value is { } known)
        {
            writer.Write(known, precision, scale);
        }
        else
        {
            writer.WriteNull();
        }
    }
}
