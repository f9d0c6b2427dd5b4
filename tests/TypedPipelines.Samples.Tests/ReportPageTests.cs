using Microsoft.Playwright;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>The report as a reader sees it: in a real browser, light and dark, on a desk and on a phone.</summary>
public sealed class ReportPageTests
{
    private static readonly string? Browser = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    [Theory]
    [InlineData(ColorScheme.Light, 1200)]
    [InlineData(ColorScheme.Dark, 1200)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task It_is_readable_fetches_nothing_and_shows_lineage_on_a_click(ColorScheme scheme, int width)
    {
        Assert.SkipWhen(Browser is null, "no Chromium is in the PATH: install Debian's package chromium");
        using Workplace place = Workplace.Create("2001-01-01", "2001-01-02");
        place.Run("backfill", "--to", "2001-01-03").ExitCode.ShouldBe(1, "the third day has no file");
        place.Run("report").ExitCode.ShouldBe(0);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
        IPage page = await browser.NewPageAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var requests = new List<string>();
        var complaints = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync(new Uri(Path.Combine(place.Folder, "report.html")).AbsoluteUri);

        requests.Count.ShouldBe(1, string.Join(' ', requests));
        complaints.ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue("only tables and pictures scroll sideways, each by itself");
        double back = await LuminanceAsync("background-color");
        double fore = await LuminanceAsync("color");
        (back > fore).ShouldBe(scheme == ColorScheme.Light);
        ((Math.Max(back, fore) + 0.05) / (Math.Min(back, fore) + 0.05)).ShouldBeGreaterThan(7, "the contrast that the guidelines for accessible pages call enhanced");
        (await page.Locator("i.failed[title^='2001-01-03 failed']").CountAsync()).ShouldBe(1);
        (await page.Locator("#p1 i.complete[title^='2001-01-01 complete, 222 rows']").IsVisibleAsync()).ShouldBeTrue();
        ILocator lineage = page.Locator("#p1 details", new() { HasText = "where each column comes from" });
        (await lineage.Locator("table").IsVisibleAsync()).ShouldBeFalse();
        await lineage.Locator("summary").ClickAsync();
        (await lineage.Locator("tr", new() { HasText = "origin_city" }).InnerTextAsync()).ShouldContain("airports");

        // By the formula of the same guidelines.
        async Task<double> LuminanceAsync(string property) => await page.EvaluateAsync<double>(
            "name => getComputedStyle(document.body).getPropertyValue(name).match(/\\d+/g).slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)",
            property);
    }
}
