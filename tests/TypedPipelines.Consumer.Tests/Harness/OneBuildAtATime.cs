namespace TypedPipelines.Consumer.Tests.Harness;

/// <summary>Tests that build take turns, and share the one new project: each build wants the whole machine.</summary>
[CollectionDefinition]
public sealed class OneBuildAtATime : ICollectionFixture<NewProject>;
