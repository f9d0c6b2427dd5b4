namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined type is kept.</summary>
public enum Format
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>As its fields lie in memory.</summary>
    Native = 1,

    /// <summary>As the type itself writes it.</summary>
    UserDefined = 2,
}

/// <summary>What a user-defined type that writes itself has to do.</summary>
public interface IBinarySerialize
{
    /// <summary>Reads the value.</summary>
    /// <param name="r">Where from.</param>
    void Read(BinaryReader r);

    /// <summary>Writes the value.</summary>
    /// <param name="w">Where to.</param>
    void Write(BinaryWriter w);
}

/// <summary>Thrown where a type is not a valid user-defined type.</summary>
public sealed class InvalidUdtException : SystemException
{
    internal InvalidUdtException()
    {
    }
}

/// <summary>Marks a user-defined type.</summary>
/// <param name="format">How it is kept.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>How it is kept.</summary>
    public Format Format { get; } = format;

    /// <summary>The most bytes that it takes.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Whether all its values take as many bytes.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether its bytes sort as its values do.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>The method that checks a value.</summary>
    public string? ValidationMethodName { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }
}

/// <summary>Whether a function of the CLR reads the user's data.</summary>
public enum DataAccessKind
{
    /// <summary>No.</summary>
    None = 0,

    /// <summary>Yes.</summary>
    Read = 1,
}

/// <summary>Whether a function of the CLR reads the system's data.</summary>
public enum SystemDataAccessKind
{
    /// <summary>No.</summary>
    None = 0,

    /// <summary>Yes.</summary>
    Read = 1,
}
