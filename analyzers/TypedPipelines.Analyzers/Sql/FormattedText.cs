using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>Texts that <c>string.Format</c> and <c>StringBuilder.AppendFormat</c> put together.</summary>
internal static class FormattedText
{
    /// <summary>The format and what is filled in; null where the call is another, or they cannot be known.</summary>
    public static (string Format, IReadOnlyList<IOperation> Values)? Of(IInvocationOperation call)
    {
        if (call.TargetMethod is not ({ Name: "Format", ContainingType.SpecialType: SpecialType.System_String } or { Name: "AppendFormat", ContainingType.Name: "StringBuilder" }))
        {
            return null;
        }

        string? format = null;
        var values = new List<IOperation>();
        foreach (IArgumentOperation argument in call.Arguments.OrderBy(static argument => argument.Parameter?.Ordinal))
        {
            if (argument.Parameter?.Name == "format")
            {
                format = argument.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
            }
            else if (argument.Value is IArrayCreationOperation { Initializer.ElementValues: var elements } && argument.ArgumentKind == ArgumentKind.ParamArray)
            {
                values.AddRange(elements);
            }
            else if (argument.Parameter?.Type.Name != "IFormatProvider")
            {
                values.Add(argument.Value);
            }
        }

        return format is null ? null : (format, values.ConvertAll(Unwrapped));
    }

    /// <summary>The text with what <paramref name="show"/> gives for each value; null where the format is not well formed.</summary>
    public static string? Fill(string format, IReadOnlyList<IOperation> values, Func<IOperation, string> show)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{')
            {
                int end = format.IndexOf('}', i);
                int number = end < 0 ? -1 : format.IndexOfAny([',', ':', '}'], i) - i - 1;
                if (number < 1 || !int.TryParse(format.Substring(i + 1, number), NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= values.Count)
                {
                    return null;
                }

                text.Append(show(values[index]));
                i = end;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static IOperation Unwrapped(IOperation value) => value is IConversionOperation { IsImplicit: true } conversion ? Unwrapped(conversion.Operand) : value;
}
