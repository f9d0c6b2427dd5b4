namespace TypedPipelines.Generators.Tests.Lineage;

/// <summary>What is done over and over, what decides which elements a collection has and where they stand, and what comes out of an exception.</summary>
internal static class RepeatedCases
{
    private const string Set = "[Step] static IEnumerable<Sale> S(IEnumerable<RawOrder> all) ";

    internal static readonly LineageCase[] All =
    [
        // Rounds.
        new("what a loop carries over three rounds", Set + "{ string a = \"\", b = \"\", c = \"\", d = \"\"; foreach (var r in all) { yield return new Sale(r.Id, r.Price, d); d = c; c = b; b = a; a = r.Status; } }", "Amount =Landing.Price | Text ~Landing.Status"),
        new("what a loop carries over six rounds", Set + "{ string a = \"\", b = \"\", c = \"\", d = \"\", e = \"\", f = \"\", g = \"\"; foreach (var r in all) { yield return new Sale(r.Id, r.Price, g); g = f; f = e; e = d; d = c; c = b; b = a; a = r.Status; } }", "Amount =Landing.Price | Text ~Landing.Status"),
        new("what a loop inside a loop carries", Set + "{ string a = \"\", b = \"\", c = \"\"; foreach (var r in all) { for (int i = 0; i < 3; i++) { yield return new Sale(r.Id, r.Price, c); c = b; b = a; a = r.Status; } } }", "Amount =Landing.Price | Text ~Landing.Status"),
        new("a field that a loop carries on", "sealed class Past { public string A = \"\", B = \"\", C = \"\"; public string Next(string now) { string last = C; C = B; B = A; A = now; return last; } } " + Set + "{ var past = new Past(); foreach (var r in all) { yield return new Sale(r.Id, r.Price, past.Next(r.Status)); } }", "Amount =Landing.Price | Text ~Landing.Status"),
        new("a sum that a function keeps", Set + "{ decimal seen = 0, last = 0; return all.Select(r => { seen += last; last = r.Price; return new Sale(r.Id, seen, null); }).ToList(); }", "Amount ~Landing.Price | Text"),
        new("what a function keeps for the call after the next", Set + "{ string a = \"\", b = \"\"; return all.Select(r => { string t = b; b = a; a = r.Status; return new Sale(r.Id, r.Price, t); }).ToList(); }", "Amount =Landing.Price | Text ~Landing.Status"),
        new("what the function of ForEach keeps", Set + "{ string a = \"\", b = \"\"; var list = new List<Sale>(); all.ToList().ForEach(r => { list.Add(new Sale(r.Id, r.Price, b)); b = a; a = r.Status; }); return list; }", "Amount =Landing.Price | Text ~Landing.Status"),

        new("what a function keeps in a field", "string _a = \"\", _b = \"\"; [Step] IEnumerable<Sale> S(IEnumerable<RawOrder> all) => all.Select(r => { string t = _b; _b = _a; _a = r.Status; return new Sale(r.Id, r.Price, t); }).ToList();", "Amount =Landing.Price | Text ~Landing.Status"),
        new("what an inner loop carries from its own beginning", Set + "{ foreach (var r in all) { string a = \"\", b = \"\", c = \"\"; foreach (var tag in r.Tags) { yield return new Sale(r.Id, r.Price, c); c = b; b = a; a = tag; } } }", "Amount =Landing.Price | Text ~Landing.Tags"),

        // Which elements there are.
        new("the last one under a key", Set + "{ var by = new Dictionary<string, RawOrder>(); foreach (var r in all) { by[r.Status] = r; } return by.Values.Select(r => new Sale(r.Id, r.Price, r.Note)); }", "Amount =Landing.Price | Text =Landing.Note | rows ?Landing.Status"),
        new("the first one under a key", Set + "{ var by = new Dictionary<string, RawOrder>(); foreach (var r in all) { by.TryAdd(r.Status, r); } return by.Values.Select(r => new Sale(r.Id, r.Price, r.Note)); }", "Amount =Landing.Price | Text =Landing.Note | rows ?Landing.Status"),
        new("those that a set has not yet", Set + "{ var seen = new HashSet<string>(); foreach (var r in all) { if (seen.Add(r.Status)) { yield return new Sale(r.Id, r.Price, r.Note); } } }", "Amount =Landing.Price | Text =Landing.Note | rows ?Landing.Status"),
        new("how many keys there are", Set + "{ var by = new Dictionary<string, RawOrder>(); foreach (var r in all) { by[r.Status] = r; } yield return new Sale(1, by.Count, null); }", "Amount +Landing. ?Landing.Status | Text"),
        new("FindAll", Set + "=> all.ToList().FindAll(r => r.Quantity > 0).Select(r => new Sale(r.Id, r.Price, r.Note));", "Amount =Landing.Price | Text =Landing.Note | rows ?Landing.Quantity"),
        new("RemoveAll", Set + "{ var list = all.ToList(); list.RemoveAll(r => r.Quantity == 0); return list.Select(r => new Sale(r.Id, r.Price, r.Note)); }", "Amount =Landing.Price | Text =Landing.Note | rows ?Landing.Quantity"),
        new("RemoveAll from a copy", Set + "{ var list = all.ToList(); var copy = list.ToList(); copy.RemoveAll(r => r.Quantity == 0); return list.Select(r => new Sale(r.Id, r.Price, r.Note)); }", "Amount =Landing.Price | Text =Landing.Note"),
        new("Exists", Set + "{ bool any = all.ToList().Exists(r => r.Quantity > 0); return all.Select(r => new Sale(r.Id, r.Price, any ? \"a\" : \"b\")); }", "Amount =Landing.Price | Text ?Landing.Quantity"),
        new("Find", "[Step] static Sale S(RawOrder r) => new(r.Id, r.Price, r.Tags.ToList().Find(tag => tag == r.Status));", "Amount =Landing.Price | Text ~Landing.Tags ?Landing.Status ?Landing.Tags"),
        new("ConvertAll", Set + "=> all.ToList().ConvertAll(r => new Sale(r.Id, r.Price * r.Quantity, r.Note));", "Amount ~Landing.Price ~Landing.Quantity | Text =Landing.Note"),
        new("Array.FindAll", Set + "=> Array.FindAll(all.ToArray(), r => r.Quantity > 0).Select(r => new Sale(r.Id, r.Price, r.Note));", "Amount =Landing.Price | Text =Landing.Note | rows ?Landing.Quantity"),
        new("Distinct by a comparer", "sealed class ByStatus : IEqualityComparer<RawOrder> { public bool Equals(RawOrder? a, RawOrder? b) => a?.Status == b?.Status; public int GetHashCode(RawOrder r) => r.Status.GetHashCode(); } " + Set + "=> all.Distinct(new ByStatus()).Select(r => new Sale(r.Id, r.Price, r.Note));", "Amount =Landing.Price | Text =Landing.Note | rows ?Landing."),

        // Where they stand.
        new("the place in an order", Set + "=> all.OrderBy(r => r.At).Select((r, i) => new Sale(r.Id, i, r.Note));", "Amount ?Landing.At | Text =Landing.Note"),
        new("Index", Set + "=> all.OrderBy(r => r.At).Index().Select(each => new Sale(each.Item.Id, each.Index, each.Item.Note));", "Amount ?Landing.At | Text =Landing.Note"),
        new("Chunk", Set + "=> all.OrderBy(r => r.At).Chunk(3).Select(some => new Sale(1, some.Sum(r => r.Price), null));", "Amount +Landing.Price ?Landing.At | Text"),
        new("Sort by a function", Set + "{ var list = all.ToList(); list.Sort((a, b) => a.At.CompareTo(b.At)); yield return new Sale(1, list[0].Price, list.First().Note); }", "Amount =Landing.Price ?Landing.At | Text =Landing.Note ?Landing.At"),
        new("Sort by a comparer", "sealed class ByTime : IComparer<string> { public int Compare(string? a, string? b) => 0; } [Step] static Sale S(RawOrder r) { var list = r.Tags.ToList(); list.Sort(new ByTime()); return new(r.Id, r.Price, list.First()); }", "Amount =Landing.Price | Text ~Landing.Tags ?Landing.Tags"),

        // Exceptions.
        new("what an exception says", "[Step] static Sale S(RawOrder r) { string t = \"\"; try { if (r.Quantity > 0) { throw new InvalidOperationException(r.Status); } } catch (InvalidOperationException e) { t = e.Message; } return new(r.Id, r.Price, t); }", "Amount =Landing.Price | Text ~Landing.Quantity ~Landing.Status ?Landing.Quantity ?Landing.Status"),
        new("a condition of what is caught", "[Step] static Sale S(RawOrder r) { string t = \"\"; try { t = r.Tags[0]; } catch (Exception) when (r.Quantity > 0) { t = \"none\"; } return new(r.Id, r.Price, t); }", "Amount =Landing.Price | Text ~Landing.Tags ?Landing.Quantity ?Landing.Tags"),

        // Copies and views.
        new("CopyTo", "[Step] static Sale S(RawOrder r) { var copy = new string[9]; r.Tags.ToList().CopyTo(copy); return new(r.Id, r.Price, copy[0]); }", "Amount =Landing.Price | Text ~Landing.Tags"),
        new("a span of an array", "[Step] static Sale S(RawOrder r) { var array = new string[9]; Span<string> span = array; span[0] = r.Status; array.AsSpan().Slice(1)[0] = r.Note!; return new(r.Id, r.Price, array[0]); }", "Amount =Landing.Price | Text =Landing.Note =Landing.Status"),
    ];
}
