global using Shouldly;
global using TypedPipelines.Cli.Tests.Fakes;
global using Xunit;
