namespace TypedPipelines;

/// <summary>
/// One partition a file: sources and steps get a <see cref="FilePartition"/>. A file is known to the ledger by its path as declared
/// and by a hash of its content: one whose content is what was loaded is up to date, one with other content is loaded again.
/// </summary>
/// <param name="files">
/// A path, relative to the working directory unless absolute; stars and question marks in the file name match several files, such as
/// <c>landing/orders/*.csv</c>. Hidden files are not matched.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FilePartitionsAttribute(string files) : Attribute
{
    /// <summary>The files.</summary>
    public string Files { get; } = files;
}
