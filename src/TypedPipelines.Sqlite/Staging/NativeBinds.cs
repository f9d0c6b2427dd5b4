using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>Binds straight to a statement of the loaded library. SQLite reads texts where they are. Unsafe, since it hands over addresses.</summary>
/// <param name="sqlite">The library.</param>
/// <param name="statement">The statement's address, which the caller keeps from being closed.</param>
internal readonly unsafe struct NativeBinds(NativeSqlite sqlite, nint statement) : IBinds
{
    /// <summary>Up to here even another encoding of the text is made in a microsecond.</summary>
    private const int Short = 512;

    /// <summary>SQLITE_STATIC: the bytes stay.</summary>
    private const nint Stays = 0;

    public int Null(int column) => sqlite.BindNull(statement, column);

    public int Integer(int column, long value) => sqlite.BindInteger(statement, column, value);

    public int Real(int column, double value) => sqlite.BindReal(statement, column, value);

    public int Text(int column, ReadOnlySpan<byte> staying) => staying.Length <= Short
        ? sqlite.BindShortText(statement, column, Address(staying), staying.Length, Stays)
        : sqlite.BindText(statement, column, Address(staying), staying.Length, Stays);

    public int Blob(int column, ReadOnlySpan<byte> staying) => sqlite.BindBlob(statement, column, Address(staying), staying.Length, Stays);

    public int Step()
    {
        int code = sqlite.Step(statement);
        _ = code == raw.SQLITE_DONE ? sqlite.ResetDone(statement) : sqlite.Reset(statement);
        return code;
    }

    /// <summary>Of bytes that stay, and so are pinned; of none of them, too.</summary>
    private static byte* Address(ReadOnlySpan<byte> staying) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(staying));
}
