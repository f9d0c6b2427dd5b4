using System.Globalization;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>
/// Files that were loaded under another spelling of their path (<c>./in/../in/a.csv</c>, or the whole path, for <c>in/a.csv</c>). A file is known by its path as it is
/// declared, so its rows would be there twice, once by each name. What lay in another folder then, nobody can tell.
/// </summary>
internal static class RespelledFiles
{
    /// <exception cref="PipelineException">There are some.</exception>
    internal static void Refuse(PipelineDescriptor pipeline, string name, TableContract table, IReadOnlyList<PartitionEntry> entries)
    {
        if (pipeline.Partitions is not FileScheme)
        {
            return;
        }

        Dictionary<string, string> today = [];
        foreach (FilePartition file in pipeline.Partitions.All().Cast<FilePartition>())
        {
            today[file.FullPath] = file.Path;
        }

        (string Before, string Now)[] respelled = [.. entries
            .Where(static entry => entry.LoadedRunId is not null)
            .Select(entry => (entry.Partition, Now: today.GetValueOrDefault(Path.GetFullPath(entry.Partition)) ?? entry.Partition))
            .Where(static file => file.Partition != file.Now)];
        if (respelled.Length > 0)
        {
            throw new PipelineException(
                FailureKind.Schema,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the file {respelled[0].Before} was loaded under this name{(respelled.Length == 1 ? "" : $", and {respelled.Length - 1} others like it")}, and is declared as {respelled[0].Now} today; {table.DisplayName} knows its rows by that name, and would have them twice"),
                $"Nothing was changed. Declare the files as before; or, where those rows may go, delete them, and the entries of '{name}' under the old names in the ledger's table of partitions.");
        }
    }
}
