namespace TypedPipelines.SqlServer.Tests;

/// <summary>What a server's catalog says of a table.</summary>
internal static class CatalogColumns
{
    /// <summary>The rows of <see cref="FoundTable.FindColumns"/>; of columns that have no default and no values of the server's own.</summary>
    internal static TdsReply Of(params (string Name, string Type, int Bytes, string? Collation, bool Nullable)[] columns) => new TdsReply().Rows(
        [
            ("name", new TdsType("nvarchar(128)")), ("type", new TdsType("nvarchar(128)")), ("bytes", new TdsType("int")), ("precision", new TdsType("int")), ("scale", new TdsType("int")),
            ("collation", new TdsType("nvarchar(128)")), ("nullable", new TdsType("bit")), ("has_default", new TdsType("bit")), ("is_made", new TdsType("bit")),
        ],
        columns.Select(column => new object?[] { column.Name, column.Type, column.Bytes, 0, 0, column.Collation, column.Nullable, false, false }));
}
