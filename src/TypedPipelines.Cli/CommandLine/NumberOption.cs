using System.CommandLine;
using System.Globalization;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>An option whose value is a whole number.</summary>
internal static class NumberOption
{
    /// <summary>Creates it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unit">What is counted, for help.</param>
    /// <param name="least">The least value.</param>
    /// <param name="description">What it is for.</param>
    internal static Option<int?> Create(string name, string unit, int least, string description) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least)
            {
                return number;
            }

            result.AddError($"{name} takes a whole number of {least} or more, not '{text}'");
            return null;
        },
    };
}
