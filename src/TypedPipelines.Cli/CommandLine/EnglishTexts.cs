using System.Globalization;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>While it lasts, the parser speaks the language of all other messages, so that no help page mixes two.</summary>
internal readonly ref struct EnglishTexts
{
    private readonly CultureInfo _before;

    public EnglishTexts()
    {
        _before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }

    public void Dispose() => CultureInfo.CurrentUICulture = _before;
}
