using System.Diagnostics;
using System.Globalization;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Which process holds a lock, exactly enough to tell whether it still lives. A process id alone comes back after a restart,
/// and means something else in another container.
/// </summary>
/// <param name="Machine">The machine: its name, the boot and the namespace of process ids.</param>
/// <param name="ProcessId">The process id.</param>
/// <param name="ProcessStart">When the process started, in the system's own terms.</param>
internal sealed record Worker(string Machine, int ProcessId, string ProcessStart)
{
    /// <summary>The start of a process that ended and is kept by the system only for its parent to ask about.</summary>
    private const string Gone = "gone";

    /// <summary>This process.</summary>
    internal static Worker Current { get; } = new(DescribeMachine(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? "");

    /// <summary>The worker for people.</summary>
    internal static string DisplayName { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} (process {Environment.ProcessId})");

    internal bool IsThisProcess => this == Current;

    /// <summary>Whether the process is known to be dead: false where it lives, and where this machine cannot tell.</summary>
    internal bool IsDead() =>
        Machine == Current.Machine
        && ProcessStart.Length > 0
        && (StartOf(ProcessId) is { } start ? start != ProcessStart : !Exists(ProcessId));

    private static string DescribeMachine()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.MachineName;
        }

        try
        {
            string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            string processes = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
            return $"{Environment.MachineName}/{boot}/{processes}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without them two containers could be taken for one machine: then no process is ever known to be dead.
            return $"{Environment.MachineName}/{Guid.NewGuid():D}";
        }
    }

    /// <summary>When a process started; null where there is none, or where this user may not see it.</summary>
    private static string? StartOf(int processId)
    {
        try
        {
            return OperatingSystem.IsLinux() ? StartFromProc(processId) : StartFromSystem(processId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The start in clock ticks since boot, which unlike a time of day is the same for every reader.</summary>
    private static string StartFromProc(int processId)
    {
        string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));

        // The second field, the name in parentheses, may itself hold spaces and parentheses.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        bool isGone = fields[0] is "Z" or "X" or "x";
        return isGone ? Gone : fields[19];
    }

    private static bool Exists(int processId)
    {
        try
        {
            Process.GetProcessById(processId).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string StartFromSystem(int processId)
    {
        using Process process = Process.GetProcessById(processId);
        return process.StartTime.ToUniversalTime().ToString(SqliteText.RoundTrip, CultureInfo.InvariantCulture);
    }
}
