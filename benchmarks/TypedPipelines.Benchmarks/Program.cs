using BenchmarkDotNet.Running;
using TypedPipelines.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(FusedLoopBenchmarks).Assembly).Run(args);
