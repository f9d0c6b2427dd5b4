namespace TypedPipelines.Generators.Tests.Lineage;

/// <summary>Members of extension blocks, accessors that say <c>field</c>, and patterns of elements.</summary>
internal static class RecentCases
{
    /// <summary>The extensions that the cases share, which can be in no other class.</summary>
    internal const string Extensions = """
        using TypedPipelines;

        namespace Shop;

        public static class OrderExtensions
        {
            extension(RawOrder order)
            {
                public decimal Total(int discount) => order.Price * order.Quantity - discount;
                public string Place => order.Customer.City;
                public string Both { get { var (name, city) = order.Customer; return name + city; } }
                public void Into(Holder holder) => holder.Net = order.Price;
                public bool TryNote(out string? note) { note = order.Note; return note is not null; }
                public static Sale Make(int id, decimal amount, string text) => new(id, amount, text);
            }

            extension(Holder holder)
            {
                public void Mark(string status) => holder.Status = status;
                public string Marked { get => holder.Status; set => holder.Status = value.Trim(); }
            }

            extension<T>(IEnumerable<T> all)
            {
                public T Newest => all.Last();
                public IEnumerable<T> Only(Func<T, bool> which) { foreach (T one in all) { if (which(one)) { yield return one; } } }
            }
        }
        """;

    private const string Step = "[Step] static Sale S(RawOrder r) ";
    private const string Set = "[Step] static IEnumerable<Sale> S(IEnumerable<RawOrder> all) ";

    internal static readonly LineageCase[] All =
    [
        // Extension blocks.
        new("a method of an extension block", Step + "=> new(r.Id, r.Total(r.Id), null);", "Amount ~Landing.Id ~Landing.Price ~Landing.Quantity | Text"),
        new("a method of an extension block, called as a static one", Step + "=> new(r.Id, OrderExtensions.Total(r, 2), null);", "Amount ~Landing.Price ~Landing.Quantity | Text"),
        new("a method of an extension block as a function", Step + "{ Func<int, decimal> total = r.Total; return new(r.Id, total(1), null); }", "Amount ~Landing.Price ~Landing.Quantity | Text"),
        new("a property of an extension block", Step + "=> new(r.Id, r.Price, r.Place);", "Amount =Landing.Price | Text =Landing.Customer.City"),
        new("a property of an extension block with statements", Step + "=> new(r.Id, r.Price, r.Both);", "Amount =Landing.Price | Text ~Landing.Customer.City ~Landing.Customer.Name"),
        new("a property of an extension block in a pattern", Step + "=> new(r.Id, r.Price, r is { Place: var place } ? place : null);", "Amount =Landing.Price | Text ~Landing.Customer.City"),
        new("what an extension does to its argument", Step + "{ var h = new Holder(); r.Into(h); return new(r.Id, h.Net, null); }", "Amount =Landing.Price | Text"),
        new("what an extension does to its receiver", Step + "{ var h = new Holder(); h.Mark(r.Status); return new(r.Id, 0, h.Status); }", "Amount | Text =Landing.Status"),
        new("a setter of an extension block", Step + "{ var h = new Holder(); h.Marked = r.Status; return new(r.Id, 0, h.Status); }", "Amount | Text ~Landing.Status"),
        new("what an extension gives out", Step + "=> new(r.Id, r.Price, r.TryNote(out string? note) ? note : null);", "Amount =Landing.Price | Text ~Landing.Note ?Landing.Note"),
        new("what an extension gives out, called as a static method", Step + "=> new(r.Id, r.Price, OrderExtensions.TryNote(r, out string? note) ? note : null);", "Amount =Landing.Price | Text ~Landing.Note ?Landing.Note"),
        new("a static member of an extension block", Step + "=> RawOrder.Make(r.Id, r.Price, r.Status);", "Amount =Landing.Price | Text =Landing.Status"),
        new("a generic extension block over rows", Set + "=> all.Only(r => r.Quantity > 0).Select(r => new Sale(r.Id, r.Price, r.Status));", "Amount =Landing.Price | Text =Landing.Status | rows ?Landing.Quantity"),
        new("a generic property over rows", Set + "=> [new Sale(1, all.Newest.Price, null)];", "Amount =Landing.Price | Text"),

        // field.
        new("a getter of what the property holds", "sealed class Box { public string Name { get => field.Trim(); set; } = \"\"; } " + Step + "{ var b = new Box { Name = r.Status }; return new(r.Id, r.Price, b.Name); }", "Amount =Landing.Price | Text ~Landing.Status"),
        new("a setter of what the property holds", "sealed class Box { public string Name { get; set => field = value.Trim(); } = \"\"; } " + Step + "{ var b = new Box { Name = r.Status }; return new(r.Id, r.Price, b.Name); }", "Amount =Landing.Price | Text ~Landing.Status"),
        new("a setter that adds to what the property holds", "sealed class Box { public decimal Sum { get; set => field += value; } } " + Step + "{ var b = new Box(); b.Sum = r.Price; b.Sum = r.Quantity; return new(r.Id, b.Sum, null); }", "Amount ~Landing.Price ~Landing.Quantity | Text"),
        new("what the property holds from the beginning", "sealed class Box(string name) { public string Name { get => field; } = name; } " + Step + "=> new(r.Id, r.Price, new Box(r.Status).Name);", "Amount =Landing.Price | Text =Landing.Status"),
        new("a property of a row that says field", "public sealed record Named(int Id) { public string Name { get; init => field = value + Id; } = \"\"; } [Step] static Named N(RawOrder r) => new(r.Id) { Name = r.Status }; [Step] static Sale S(Named n) => new(n.Id, 0, n.Name);", "Amount | Text ~Landing.Id ~Landing.Status"),

        // Patterns of elements.
        new("an element by a pattern", Step + "=> new(r.Id, r.Price, r.Tags is [var first, ..] ? first : null);", "Amount =Landing.Price | Text ~Landing.Tags ?Landing.Tags"),
        new("elements that are asked for", Step + "=> new(r.Id, r.Price, new[] { r.Status, r.Note } is [\"a\", var note] ? note : null);", "Amount =Landing.Price | Text ~Landing.Note ~Landing.Status ?Landing. ?Landing.Note ?Landing.Status"),
        new("the rest of a list", Step + "=> new(r.Id, r.Price, new[] { r.Status, r.Status } is [_, .. var rest] ? string.Concat(rest) : null);", "Amount =Landing.Price | Text ~Landing.Status ?Landing."),
        new("letters of a text", Step + "=> r.Status is [var c, .. var rest] ? new(r.Id, r.Price, rest + c) : new(r.Id, r.Quantity, null);", "Amount ~Landing.Price ~Landing.Quantity ?Landing.Status | Text ~Landing.Status ?Landing.Status"),
        new("rows by a pattern", Set + "{ if (all.ToList() is [var first, .., { Quantity: > 2 } last]) { yield return new(1, first.Price, last.Status); } }", "Amount =Landing.Price | Text =Landing.Status | rows ?Landing. ?Landing.Quantity"),
    ];
}
