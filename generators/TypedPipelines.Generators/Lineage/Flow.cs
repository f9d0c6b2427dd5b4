using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>
/// What is known of where a value comes from: as a whole, member by member where it was made here, and element by element where it is a
/// sequence.
/// </summary>
internal sealed partial class Flow
{
    /// <summary>Deeper than any row; without an end, an object that is put into another in a loop would have none.</summary>
    private const int MostDepth = 8;

    /// <summary>A constant, or what is not of the rows.</summary>
    public static readonly Flow Nothing = new();

    /// <summary>The literal null, which is no row and no value.</summary>
    public static readonly Flow Null = new() { IsNull = true };

    /// <summary>A member that no row has, by which entries of dictionaries are known.</summary>
    private const string PairMark = "<pair>";

    private int _depth;

    public ImmutableHashSet<Origin> Origins { get; private set; } = [];

    /// <summary>What decided that it is this value: of a sequence, which elements it has.</summary>
    public ImmutableHashSet<Origin> Conditions { get; private set; } = [];

    /// <summary>The members that are known apart; others are members of the origins.</summary>
    public ImmutableDictionary<string, Flow> Members { get; private set; } = ImmutableDictionary<string, Flow>.Empty;

    /// <summary>Any element of it; null where it is no sequence.</summary>
    public Flow? Element { get; private set; }

    /// <summary>The code that it is; null where it is no delegate.</summary>
    public Callable? Code { get; private set; }

    /// <summary>Whether null may stand in its place: then it is not that value in every row.</summary>
    public bool MayBeNull { get; private set; }

    public bool IsNull { get; private set; }

    public bool IsPair => Members.ContainsKey(PairMark);

    private bool IsConstant => Origins.IsEmpty && Conditions.IsEmpty && Members.IsEmpty && Element is null && Code is null && !IsNull;

    public static Flow Of(Origin origin) => new() { Origins = [origin] };

    public static Flow Of(Callable code) => new() { Code = code };

    public static Flow Sequence(Flow element, ImmutableHashSet<Origin>? conditions = null) =>
        element._depth >= MostDepth ? element.As(OriginKind.Expression) : new Flow { Element = element, Conditions = conditions ?? [], _depth = element._depth + 1 };

    public static Flow Object(IEnumerable<KeyValuePair<string, Flow>> members) => members.Aggregate(Nothing, static (made, member) => made.With(member.Key, member.Value));

    /// <summary>An entry of a dictionary.</summary>
    public static Flow Pair(Flow key, Flow value) => Nothing.With("Key", key).With("Value", value).With(PairMark, Nothing);

    public static Flow Tuple(IEnumerable<Flow> items) => Object(items.Select(static (item, place) => new KeyValuePair<string, Flow>(ItemName(place), item)));

    /// <summary>Any of several values that stand side by side, as the elements of a sequence do.</summary>
    public static Flow Any(IEnumerable<Flow> flows) => flows.Aggregate(Nothing, static (all, flow) => all.Join(flow, sameValue: true));

    /// <summary>What is made of several values.</summary>
    public static Flow All(OriginKind kind, IEnumerable<Flow> flows) => Any(flows.Select(flow => flow.As(kind)));

    /// <summary>What a tuple has at a place.</summary>
    public Flow Item(int place) => Member(ItemName(place));

    /// <summary>Whether it is known to have something of its own at a place of a tuple.</summary>
    public bool HasItem(int place) => Members.ContainsKey(ItemName(place));

    public Flow With(string member, Flow value) => value._depth >= MostDepth
        ? Join(value.As(OriginKind.Expression), sameValue: true)
        : Copy(copy =>
        {
            copy.Members = Members.SetItem(member, value);
            copy.MayBeNull = false;
            copy.IsNull = false;
            copy._depth = System.Math.Max(_depth, value._depth + 1);
        });

    public Flow WithConditions(IEnumerable<Origin> conditions)
    {
        ImmutableHashSet<Origin> all = Conditions.Union(conditions.Select(static origin => origin.As(OriginKind.Filter)));
        return all.Count == Conditions.Count ? this : Copy(copy => copy.Conditions = all);
    }

    public Flow WithConditions(Flow decides) => WithConditions(decides.Everything());

    public Flow WithoutConditions() => Conditions.IsEmpty ? this : Copy(static copy => copy.Conditions = []);

    /// <summary>The value, or null by what is not known.</summary>
    public Flow OrNull() => MayBeNull && !IsThere ? this : Copy(static copy => (copy.MayBeNull, copy.IsThere) = (true, false));

    /// <summary>The value, or null by conditions.</summary>
    public Flow OrNull(ImmutableHashSet<Origin> decides) => Copy(static copy => copy.MayBeNull = true).WithConditions(decides).AbsentBy(decides);

    /// <summary>A member of the value, which is there only if the value is.</summary>
    public Flow Member(string name) => (Members.TryGetValue(name, out Flow? known) ? known
        : Origins.IsEmpty ? Nothing
        : new Flow { Origins = [.. Origins.Select(origin => origin.Member(name))] }).WithConditions(Element is null ? Conditions : []);

    /// <summary>The one value or the other.</summary>
    /// <param name="other">The other.</param>
    /// <param name="sameValue">Whether they are parts of one value, rather than alternatives.</param>
    public Flow Join(Flow other, bool sameValue = false)
    {
        if (ReferenceEquals(this, other) || (sameValue && other.IsConstant))
        {
            return this;
        }

        if (sameValue && IsConstant)
        {
            return other;
        }

        if (IsNull || other.IsNull)
        {
            (Flow there, Flow absent) = IsNull ? (other, this) : (this, other);
            return IsNull && other.IsNull ? this : there.OrNull(absent.Conditions.Union(absent.Absence));
        }

        ImmutableDictionary<string, Flow> members = Members;
        foreach (string name in Members.Keys.Concat(other.Members.Keys).Distinct().ToList())
        {
            members = members.SetItem(name, Bare(name).Join(other.Bare(name), sameValue));
        }

        // A value that may also be another, such as a constant, is not that value in every row.
        bool isMixed = !sameValue && Members.IsEmpty && other.Members.IsEmpty && Element is null && other.Element is null && !Origins.SetEquals(other.Origins);
        ImmutableHashSet<Origin> origins = Origins.Union(other.Origins);
        return new Flow
        {
            Origins = isMixed ? [.. origins.Select(static origin => origin.Path.Length == 0 ? origin : origin.As(OriginKind.Expression))] : origins,
            Conditions = Conditions.Union(other.Conditions),
            Members = members,
            Element = Element is null ? other.Element : other.Element is null ? Element : Element.Join(other.Element, sameValue: true),
            Code = Callable.Either(Code, other.Code),
            MayBeNull = MayBeNull || other.MayBeNull,
            Tokens = Tokens.Union(other.Tokens),
            Absence = Absence.Union(other.Absence),
            IsThere = sameValue ? IsThere || other.IsThere : IsThere && other.IsThere,
            _depth = System.Math.Max(_depth, other._depth),
        };
    }

    /// <summary>All of it, as what an expression of a kind is made of.</summary>
    public Flow As(OriginKind kind)
    {
        var direct = new HashSet<Origin>();
        var conditions = new HashSet<Origin>();
        Gather(direct, conditions);
        return new Flow { Origins = [.. direct.Select(origin => origin.As(kind))], Conditions = [.. conditions] };
    }

    /// <summary>All origins, conditions included.</summary>
    public IEnumerable<Origin> Everything()
    {
        Flow all = As(OriginKind.Expression);
        return all.Origins.Concat(all.Conditions);
    }

    private static string ItemName(int place) => "Item" + (place + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Flow Bare(string name) => Members.TryGetValue(name, out Flow? known) ? known
        : Origins.IsEmpty ? Nothing
        : new Flow { Origins = [.. Origins.Select(origin => origin.Member(name))] };

    private void Gather(HashSet<Origin> direct, HashSet<Origin> conditions)
    {
        direct.UnionWith(Origins);
        conditions.UnionWith(Conditions);
        foreach (Flow member in Members.Values)
        {
            member.Gather(direct, conditions);
        }

        Element?.Gather(direct, conditions);
    }

    private Flow Copy(System.Action<Flow> change)
    {
        var copy = (Flow)MemberwiseClone();
        change(copy);
        return copy;
    }
}
