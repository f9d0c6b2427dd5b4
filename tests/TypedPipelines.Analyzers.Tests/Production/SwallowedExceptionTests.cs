namespace TypedPipelines.Analyzers.Tests.Production;

/// <summary>TP5001 and TP5002: failures that a step keeps to itself, and those that become values.</summary>
public class SwallowedExceptionTests
{
    private const string Before = "{ string name = raw.Name; int n = 0; try { n = int.Parse(name, System.Globalization.CultureInfo.InvariantCulture); }";
    private const string After = "return new(raw.Day, name, default, default, n); }";

    [Theory]
    [InlineData("catch { }")]
    [InlineData("catch (Exception) { }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e.Message); }")]
    [InlineData("catch (SystemException e) { System.Diagnostics.Debug.WriteLine(e); }")]
    public Task Everything_is_taken(string handler) => Expect.OnlyAsync("TP5001", Clean(handler));

    [Theory]
    [InlineData("catch (FormatException) { n = -1; }")]
    [InlineData("catch (FormatException) { name = string.Empty; }")]
    [InlineData("catch { n = 0; }")]
    [InlineData("catch (FormatException e) { Console.WriteLine(e); return new(raw.Day, name) { Number = 0 }; }")]
    [InlineData("catch (OverflowException) { n = default; }")]
    [InlineData("catch (OverflowException) { n = int.MaxValue; }")]
    public Task A_value_is_made_up(string handler) => Expect.OnlyAsync("TP5002", Clean(handler));

    [Theory]
    [InlineData("catch (FormatException) { }")]
    [InlineData("catch (Exception e) { throw new InvalidOperationException(name, e); }")]
    [InlineData("catch (Exception e) when (e is FormatException) { }")]
    [InlineData("catch (FormatException) { Interlocked.Increment(ref Failures.Count); n = 0; }", "using System.Threading;", "static class Failures { public static int Count; }")]
    [InlineData("catch (FormatException) { n = name.Length; }")]
    [InlineData("finally { name = \"x\"; }")]
    public Task A_failure_that_is_made_known_or_meant(string handler, string usings = "", string more = "") =>
        Expect.NothingAsync(Pipelines.Daily(Before + handler + After, usings: usings) + more);

    [Fact]
    public Task A_row_that_is_dropped_is_counted() => Expect.NothingAsync(
        Pipelines.Daily("{ try { return new(raw.Day, int.Parse(raw.Name, System.Globalization.CultureInfo.InvariantCulture).ToString(System.Globalization.CultureInfo.InvariantCulture)); } catch (FormatException) { return null; } }")
            .Replace("static Row Clean", "static Row? Clean", StringComparison.Ordinal));

    [Fact]
    public Task What_is_no_step_is_not_asked() => Expect.NothingAsync("public static class Other { public static int Get(string text) { try { return int.Parse(text); } catch { return 0; } } }");

    private static string Clean(string handler) => Pipelines.Daily(Before + handler.Replace("catch", "[|catch|]", StringComparison.Ordinal) + After);
}
