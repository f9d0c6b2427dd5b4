using System.Reflection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Running;

namespace TypedPipelines.Tests.Running;

/// <summary>Alerts are built on the ids of log messages.</summary>
public sealed class EventIdTests
{
    [Fact]
    public void Each_message_has_an_id_of_its_own()
    {
        (int Id, string Name)[] messages = [.. typeof(PipelineRunner).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(static method => (method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId ?? 0, $"{method.DeclaringType!.Name}.{method.Name}"))
            .Where(static message => message.Item1 != 0)];
        messages.Length.ShouldBeGreaterThan(10);
        messages.GroupBy(static message => message.Id).Where(static same => same.Count() > 1).Select(static same => $"{same.Key}: {string.Join(", ", same.Select(static message => message.Name))}").ShouldBeEmpty();
    }
}
