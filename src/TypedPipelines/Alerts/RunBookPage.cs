using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TypedPipelines.Alerts;

/// <summary>
/// Where the run book of a pipeline, which the command <c>runbook</c> writes, says what: the names of its files and of the places in them, to which alerts link. They stay
/// the same within a major version.
/// </summary>
public static class RunBookPage
{
    /// <summary>What a late partition means, and what to do about it.</summary>
    public const string Late = "late";

    /// <summary>Rows in quarantine.</summary>
    public const string Rejects = "rejects";

    /// <summary>The file of a pipeline, such as <c>flights.md</c>: small letters, digits, dots, hyphens and underscores of the name; where it has others, a digest of it, too.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    public static string FileOf(string pipeline) => Plain(pipeline) + ".md";

    /// <summary>The place of a kind of failure, such as <c>failure-source</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string PlaceOf(FailureKind kind) => "failure-" + kind.ToString().ToLowerInvariant();

    /// <summary>The place of a check, such as <c>check-flights-endslater-1f3a9c02</c>.</summary>
    /// <param name="table">The table, as <see cref="TableContract.DisplayName"/> gives it.</param>
    /// <param name="check">The check's name.</param>
    public static string PlaceOf(string table, string check) => "check-" + Plain($"{table}-{check}");

    /// <summary>Names that differ in anything else than what is kept of them are told apart by the digest: a file system may not see whether a letter is small.</summary>
    private static string Plain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = string.Concat(name.Select(static c => char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) : char.IsAsciiDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        return plain == name && !name.StartsWith('.') && name.Length > 0
            ? plain
            : string.Create(CultureInfo.InvariantCulture, $"{plain.TrimStart('.')}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4))}");
    }
}
