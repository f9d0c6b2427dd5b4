using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>The samples as machine code: generated code uses no reflection, so nothing is missing from a program that the trimmer went over.</summary>
public sealed class NativeTests
{
    [Fact]
    public void A_sample_is_published_as_machine_code_without_a_warning_and_loads_what_it_loads_otherwise()
    {
        Assert.SkipWhen(NativeProgram.Compiler is null, "machine code is linked by a C compiler, and there is neither clang nor gcc");
        using Workplace managed = Workplace.CreateForEarthquakes();
        ProgramResult expected = managed.Run("backfill");
        expected.ExitCode.ShouldBe(0, expected.ToString());

        using var native = new NativeProgram("Earthquakes");
        native.Published.ExitCode.ShouldBe(0, native.Published.ToString());
        native.Published.Output.ShouldNotContain("warning");
        File.Exists(Path.Combine(Path.GetDirectoryName(native.Executable)!, "Earthquakes.dll")).ShouldBeFalse("it is one program of machine code");

        using Workplace place = Workplace.CreateForEarthquakes(native.Executable);
        ProgramResult first = place.Run("backfill");
        first.ExitCode.ShouldBe(0, first.ToString());
        place.DigestOf("earthquakes").ShouldBe(managed.DigestOf("earthquakes"));

        ProgramResult second = place.Run("backfill");
        second.Output.ShouldContain("Every partition is up to date.");
        place.Run("list", "--json").Output.ShouldBe(managed.Run("list", "--json").Output);
    }
}
