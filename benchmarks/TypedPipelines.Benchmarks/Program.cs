using BenchmarkDotNet.Running;
using TypedPipelines.Benchmarks;

if (args is [LoadsByTurns.Argument, ..])
{
    await LoadsByTurns.RunAsync(args);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(FusedLoopBenchmarks).Assembly).Run(args);
