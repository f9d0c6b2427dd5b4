using Xunit.Sdk;

namespace TypedPipelines.Tests.Databases;

/// <summary>Why no test can run on the server that is named: one line, since every test fails with it, and where in the tests that was tells nobody anything.</summary>
internal sealed class UnusableServerException(string message) : Exception(message), IAssertionException
{
    public override string? StackTrace => null;
}
