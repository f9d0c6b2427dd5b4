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
}
