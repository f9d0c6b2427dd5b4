using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace TypedPipelines.Tests.Databases;

/// <summary>
/// Runs a theory once per destination, which is its first argument; the other arguments are given here, or by a static
/// property of the test's class that <see cref="From"/> names.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnEveryDestinationAttribute(params object?[] arguments) : DataAttribute
{
    /// <summary>The property whose values are, one at a time, the second argument.</summary>
    public string? From { get; init; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Destination>().SelectMany(destination => Arguments(testMethod).Select(given => Row(destination, given)))]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private IEnumerable<object?[]> Arguments(MethodInfo test)
    {
        if (From is null)
        {
            return [arguments];
        }

        object values = test.ReflectedType!.GetProperty(From, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;
        return ((System.Collections.IEnumerable)values).Cast<object?>().Select(value => new[] { value });
    }

    private static TheoryDataRow Row(Destination destination, object?[] given) => new([destination, .. given])
    {
        Skip = destination == Destination.SqlServer && !SqlServerTestServer.IsNamed ? $"{SqlServerTestServer.Variable} is not set" : null,
    };
}
