using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Which objects a value can be, whether it is there at all, and what becomes of it where one of several is taken.</summary>
internal sealed partial class Flow
{
    /// <summary>The objects that it can be: what is done to one of them is seen in all values that can be it.</summary>
    public ImmutableHashSet<int> Tokens { get; private set; } = [];

    /// <summary>Of the conditions, those that decide whether it is null.</summary>
    public ImmutableHashSet<Origin> Absence { get; private set; } = [];

    /// <summary>Whether it is no null but for its absence: what was made here is, and the row that a step is given.</summary>
    public bool IsThere { get; private set; }

    /// <summary>What decides whether there is a value at all: where that is not known, all that decides about it.</summary>
    public ImmutableHashSet<Origin> Existence => IsNull || !IsThere ? Conditions.Union(Absence) : Absence;

    /// <summary>One of several values.</summary>
    /// <param name="decides">What decides which.</param>
    /// <param name="values">The values, of which there is at least one.</param>
    public static Flow Choice(IEnumerable<Origin> decides, IReadOnlyList<Flow> values) =>
        values.Aggregate(static (all, value) => all.Join(value)).Decided(values, decides.Select(static origin => origin.As(OriginKind.Filter)).ToImmutableHashSet());

    /// <summary>The same object, known by a token.</summary>
    public Flow As(int token) => Copy(copy =>
    {
        copy.Tokens = [token];
        copy.IsThere = true;
    });

    public Flow Surely() => IsThere ? this : Copy(static copy => copy.IsThere = true);

    public Flow AbsentBy(ImmutableHashSet<Origin> conditions) => Absence.IsSupersetOf(conditions) ? this : Copy(copy => copy.Absence = Absence.Union(conditions));

    /// <summary>Whether a value may be a part of this one, by where both come from.</summary>
    public bool MayHave(Flow part) => Origins.Any(own => part.Origins.Any(other =>
            own.From == other.From && own.IsTable == other.IsTable && (own.Path.Length == 0 || other.Path == own.Path || other.Path.StartsWith(own.Path + ".", StringComparison.Ordinal))))
        || Members.Values.Any(member => member.MayHave(part)) || (Element?.MayHave(part) ?? false);

    public Flow WithoutTokens() => Tokens.IsEmpty ? this : Copy(static copy => copy.Tokens = []);

    public Flow WithTokensOf(Flow other) => Copy(copy => (copy.Tokens, copy.IsThere) = (other.Tokens, other.IsThere));

    /// <summary>The value after a loop that may have been left before its end: of an object, what the loop cannot have changed stays what it is.</summary>
    public Flow LeftBy(ImmutableHashSet<Origin> conditions)
    {
        bool isObject = !Members.IsEmpty && !IsPair && Origins.IsEmpty && Element is null && Code is null;
        return conditions.IsEmpty ? this : !isObject ? WithConditions(conditions) : Copy(copy => copy.Members = Members.ToImmutableDictionary(
            static member => member.Key, member => member.Value.IsSameAs(member.Value) && member.Value.Origins.Count == 1 ? member.Value : member.Value.WithConditions(conditions)));
    }

    /// <summary>The same with other conditions.</summary>
    public Flow WithOnly(ImmutableHashSet<Origin> conditions) => Copy(copy => copy.Conditions = conditions);

    /// <summary>The value after a change of objects that it, or something in it, can be.</summary>
    public Flow Touch(ImmutableHashSet<int> tokens, Func<Flow, Flow> change)
    {
        Flow result = this;
        foreach (KeyValuePair<string, Flow> member in Members)
        {
            Flow touched = member.Value.Touch(tokens, change);
            result = ReferenceEquals(touched, member.Value) ? result : result.With(member.Key, touched);
        }

        if (Element is not null)
        {
            Flow touched = Element.Touch(tokens, change);
            Flow before = result;
            result = ReferenceEquals(touched, Element) ? result
                : touched._depth >= MostDepth ? result.Join(touched.As(OriginKind.Expression), sameValue: true)
                : before.Copy(copy => (copy.Element, copy._depth) = (touched, Math.Max(before._depth, touched._depth + 1)));
        }

        return !Tokens.Overlaps(tokens) ? result
            : Tokens.SetEquals(tokens) ? change(result).Known(result)
            : result.Join(change(result));
    }

    /// <summary>The value after something happened to it that nobody can follow.</summary>
    public Flow Tainted(Flow by)
    {
        Flow given = by.As(OriginKind.Expression);
        return given.IsConstant ? this : Copy(copy =>
        {
            copy.Origins = Origins.Union(given.Origins);
            copy.Conditions = Conditions.Union(given.Conditions);
            copy.Members = Members.ToImmutableDictionary(static member => member.Key, member => member.Value.Tainted(given));
            copy.Element = Element?.Tainted(given);
        });
    }

    /// <summary>Whether the same is known of two values, whichever objects they can be.</summary>
    public bool HasSame(Flow other) => ReferenceEquals(this, other)
        || (Origins.SetEquals(other.Origins)
            && Conditions.SetEquals(other.Conditions)
            && Absence.SetEquals(other.Absence)
            && (MayBeNull, IsNull) == (other.MayBeNull, other.IsNull)
            && (Code is null) == (other.Code is null)
            && Members.Count == other.Members.Count
            && Members.All(member => other.Members.TryGetValue(member.Key, out Flow? same) && member.Value.HasSame(same))
            && (Element is null ? other.Element is null : other.Element is not null && Element.HasSame(other.Element)));

    private Flow Known(Flow before) => Tokens.SetEquals(before.Tokens) ? this : Copy(copy => (copy.Tokens, copy.IsThere) = (before.Tokens, before.IsThere));

    /// <summary>What decides which object there is, decides about those of its members that are not the same in all of them.</summary>
    private Flow Decided(IReadOnlyList<Flow> values, ImmutableHashSet<Origin> decides)
    {
        if (decides.IsEmpty)
        {
            return this;
        }

        Flow[] there = [.. values.Where(static value => !value.IsNull)];
        Flow result = this;
        if (there.Length > 1)
        {
            bool isObject = !Members.IsEmpty && !IsPair && Origins.IsEmpty && Element is null && Code is null;
            result = !isObject ? WithConditions(decides) : Copy(copy => copy.Members = Members.ToImmutableDictionary(
                static member => member.Key,
                member => there.All(value => value.Bare(member.Key).IsSameAs(there[0].Bare(member.Key))) ? member.Value : member.Value.WithConditions(decides)));
        }

        return there.Length == values.Count ? result
            : there.Length == 0 ? result.WithConditions(decides)
            : result.WithConditions(decides).AbsentBy(decides);
    }

    /// <summary>Whether two values are one for certain: two constants may differ.</summary>
    private bool IsSameAs(Flow other) => ReferenceEquals(this, other) ? !IsConstant && !IsNull
        : Origins.Count == 1 && Origins.First().Kind == OriginKind.Identity && Origins.SetEquals(other.Origins)
            && Conditions.SetEquals(other.Conditions) && Members.IsEmpty && other.Members.IsEmpty && Element is null && other.Element is null;
}
