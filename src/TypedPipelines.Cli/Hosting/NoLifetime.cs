using Microsoft.Extensions.Hosting;

namespace TypedPipelines.Cli.Hosting;

/// <summary>Keeps the host's hands off the console's signals: <see cref="Interruption"/> handles them.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
