using System.Globalization;

namespace TypedPipelines.Testing;

/// <summary>Another culture and, where the system takes it from the environment, another time zone; taken back when it is disposed. One at a time in a process.</summary>
internal sealed class ForeignPlace : IDisposable
{
    private const string Variable = "TZ";

    private static readonly SemaphoreSlim One = new(1, 1);

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly string? _zone = Environment.GetEnvironmentVariable(Variable);

    private ForeignPlace()
    {
    }

    /// <summary>Turkish, whose letters and decimal point are others, in the first zone to see a day.</summary>
    internal static async Task<ForeignPlace> EnterAsync()
    {
        await One.WaitAsync().ConfigureAwait(false);
        return new ForeignPlace();
    }

    /// <summary>Goes there: a culture reaches only what is called from here.</summary>
    internal void Go()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
        SetZone("Pacific/Kiritimati");
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        SetZone(_zone);
        One.Release();
    }

    private static void SetZone(string? zone)
    {
        if (!OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Variable, zone);
            TimeZoneInfo.ClearCachedData();
        }
    }
}
