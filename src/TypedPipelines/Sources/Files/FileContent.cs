using System.Globalization;
using System.Security.Cryptography;

namespace TypedPipelines;

/// <summary>What is in a file, known by a hash: two files with one hash have one content.</summary>
internal static class FileContent
{
    /// <summary>The SHA-256 of a file's bytes, as 64 small hexadecimal digits.</summary>
    /// <exception cref="PipelineException">The file cannot be read.</exception>
    internal static async Task<string> HashAsync(FilePartition file, CancellationToken cancellationToken)
    {
        try
        {
            var stream = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 17, FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
            {
                return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                FailureKind.Source, $"the file {file.Path} cannot be read: {e.Message.TrimEnd('.')}", "Check the file and this account's rights, and run the partition again.", e);
        }
    }

    /// <summary>
    /// Waits until a file has not been written to for a while. What is still growing would be loaded by half, and the rest with
    /// the next run at the earliest.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="quiet">How long nothing must have been written.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="PipelineException">It is still being written to.</exception>
    internal static async Task WaitUntilQuietAsync(FilePartition file, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var before = new FileInfo(file.FullPath);
        if (!before.Exists)
        {
            return; // Whoever reads it says so.
        }

        // The clock of the file system is the machine's own, whatever clock the host was given.
        TimeSpan since = DateTime.UtcNow - before.LastWriteTimeUtc;
        if (since >= quiet)
        {
            return;
        }

        await Task.Delay(since < TimeSpan.Zero ? quiet : quiet - since, cancellationToken).ConfigureAwait(false);
        var after = new FileInfo(file.FullPath);
        if (after.Exists && (after.Length != before.Length || after.LastWriteTimeUtc != before.LastWriteTimeUtc))
        {
            throw Growing(file, string.Create(CultureInfo.InvariantCulture, $"from {before.Length} to {after.Length} bytes while this run waited for it"));
        }
    }

    /// <summary>The file is not what it was when the run began.</summary>
    internal static PipelineException Growing(FilePartition file, string how) => new(
        FailureKind.Source,
        $"the file {file.Path} is still being written to: it changed {how}",
        "Nothing was changed. Run it again when the file is complete; whoever delivers files should write under a hidden name (.orders.csv) and rename.");
}
