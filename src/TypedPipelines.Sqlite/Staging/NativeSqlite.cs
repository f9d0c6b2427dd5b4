using System.Runtime.InteropServices;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>
/// The functions of the SQLite library that SQLitePCL.raw has loaded, by their addresses. Unsafe, since through SQLitePCL.raw each
/// bind costs as much again in counting references to the statement and copying the text.
/// </summary>
internal sealed unsafe class NativeSqlite
{
    private NativeSqlite(nint library)
    {
        BindNull = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_bind_null");
        BindInteger = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int>)NativeLibrary.GetExport(library, "sqlite3_bind_int64");
        BindReal = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int>)NativeLibrary.GetExport(library, "sqlite3_bind_double");
        nint text = NativeLibrary.GetExport(library, "sqlite3_bind_text");
        BindShortText = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int>)text;
        BindText = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)text;
        BindBlob = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_blob");
        Step = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_step");
        nint reset = NativeLibrary.GetExport(library, "sqlite3_reset");
        ResetDone = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)reset;
        Reset = (delegate* unmanaged[Cdecl]<nint, int>)reset;
    }

    /// <summary>The library; null where it is not to be had, and SQLitePCL.raw is to be used.</summary>
    internal static NativeSqlite? Loaded { get; } = Find(raw.GetNativeLibraryName());

    internal delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> BindNull { get; }

    internal delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int> BindInteger { get; }

    internal delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int> BindReal { get; }

    /// <summary>For texts that are at once in a database of another encoding, too: the garbage collector waits for it.</summary>
    internal delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int> BindShortText { get; }

    internal delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindText { get; }

    internal delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindBlob { get; }

    /// <summary>May take long, and call back.</summary>
    internal delegate* unmanaged[Cdecl]<nint, int> Step { get; }

    /// <summary>For a statement that has ended well: nothing is left to be done, written or called back.</summary>
    internal delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ResetDone { get; }

    internal delegate* unmanaged[Cdecl]<nint, int> Reset { get; }

    /// <summary>
    /// Finds a library by the name that SQLitePCL.raw knows. It is the one in use if its version's text stands at the same address:
    /// a statement of one library must never come into the hands of another.
    /// </summary>
    internal static NativeSqlite? Find(string? name)
    {
        // On 32 bits of Windows a library may have another calling convention.
        if (string.IsNullOrEmpty(name) || RuntimeInformation.ProcessArchitecture == Architecture.X86 || !NativeLibrary.TryLoad(name, typeof(raw).Assembly, null, out nint library))
        {
            return null;
        }

        fixed (byte* used = raw.sqlite3_libversion())
        {
            return NativeLibrary.TryGetExport(library, "sqlite3_libversion", out nint version) && ((delegate* unmanaged[Cdecl]<byte*>)version)() == used
                ? new NativeSqlite(library)
                : null;
        }
    }
}
