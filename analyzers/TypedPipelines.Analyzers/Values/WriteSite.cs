using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Values;

/// <summary>A place where a value, or an object with its members, is written to columns of a table.</summary>
internal sealed class WriteSite(IOperation value, WriteTarget target)
{
    public IOperation Value { get; } = value;

    public WriteTarget Target { get; } = target;
}

/// <summary>The columns that a value is written to.</summary>
internal sealed class WriteTarget
{
    private static readonly (string?, string?)[] Nowhere = [];

    private readonly string? _table;
    private readonly string? _column;
    private readonly ILookup<string, (string? Table, string? Column)>? _byMember;

    private WriteTarget(string? table, string? column, bool isRow, ILookup<string, (string?, string?)>? byMember) =>
        (_table, _column, IsRow, _byMember) = (table, column, isRow, byMember);

    /// <summary>Whether it is the members of an object that are written.</summary>
    public bool IsRow { get; }

    public static WriteTarget Of(string? table, string? column) => new(table, column, isRow: false, byMember: null);

    /// <summary>Each member goes to the column of its name.</summary>
    public static WriteTarget OfMembers(string? table) => new(table, null, isRow: true, byMember: null);

    /// <summary>Each member goes to the columns that the statement puts the parameter of its name into.</summary>
    public static WriteTarget OfParameters(ILookup<string, (string? Table, string? Column)> byMember) => new(null, null, isRow: true, byMember);

    /// <summary>Table and columns that a member is written to; those of the value itself, where none is given.</summary>
    public IEnumerable<(string? Table, string? Column)> ColumnsOf(string? member) =>
        IsRow != member is not null ? Nowhere
        : member is null ? [(_table, _column)]
        : _byMember is null ? [(_table, member)]
        : _byMember[member.TrimStart('@', ':', '$')]; // { "@day", day }
}
