namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>The part of the matrix that is about what only the language calls, and about what it lets one write in two ways.</summary>
internal static class LanguageEdits
{
    internal static readonly Edit[] Changing =
    [
        new("a Deconstruct behind a foreach", "number = value * 16", "number = value * 17"),
        new("a Deconstruct inside another one", "one = 17;", "one = 18;"),
        new("the Add behind a collection expression", "Sum += item * 19", "Sum += item * 20"),
        new("an Add more, which is the better one", "public void Add(int item) =>", "public void Add(long item) => Sum += 1;\n\n    public void Add(int item) =>"),
        new("the enumerator behind a spread", "Current => 20", "Current => 21"),
        new("the end of a spread", "_left++ < 2", "_left++ < 3"),
        new("the builder behind a collection expression", "items.Length * 21", "items.Length * 22"),
        new("the copy constructor behind a with", "original.First + 22", "original.First + 23"),
        new("the copy constructor of a base record", "original.Legs + 23", "original.Legs + 24"),
        new("the copy constructor of a derived record", "original.Tail + 24", "original.Tail + 25"),
        new("the length behind an index from the end", "Length => 25", "Length => 26"),
        new("the indexer behind an index from the end", "=> at * 26", "=> at * 27"),
        new("the Slice behind a range", "length * 27", "length * 28"),
        new("the count behind a list pattern", "Count => 28", "Count => 29"),
        new("the indexer behind a slice pattern", "this[Range range] => 29", "this[Range range] => 30"),
        new("the Dispose of a ref struct behind a using statement", "Total += 30", "Total += 31"),
        new("the Dispose of a ref struct behind a using declaration", "Total += 31", "Total += 30"),
        new("the Dispose of a ref struct behind a foreach", "Total += 32", "Total += 33"),
        new("the constructor behind new T() of a method", "Value = 33", "Value = 34"),
        new("the constructor behind new T() of a type", "Value = 34", "Value = 35"),
        new("the order of static initialisers", "    public static readonly decimal First = Start();\n    public static readonly decimal Second = First + 35;", "    public static readonly decimal Second = First + 35;\n    public static readonly decimal First = Start();"),
        new("an operator behind a comparison of tuples", "other._value % 39", "other._value % 40"),
        new("whether what is awaited has ended", "Total < 40", "Total < 41"),
        new("the result of what is awaited", "GetResult() => 41", "GetResult() => 42"),
        new("a body instead of an arrow, with more in it", "private static decimal Arrow(decimal value) => value * 11;", "private static decimal Arrow(decimal value) { value++; return value * 11; }"),
    ];

    internal static readonly Edit[] Others =
    [
        new("how many rows a step waits for at a time", "[Step(MaxConcurrency = 4), ", "[Step(MaxConcurrency = 5), "),
        new("nothing about how many rows a step waits for", "[Step(MaxConcurrency = 4), ", "[Step, "),
        new("how often a step is tried again", "Retry(2, DelayMilliseconds = 5)", "Retry(3)"),
        new("that a step is tried again", ", Retry(2, DelayMilliseconds = 5)]", "]"),
        new("the name of a method's type parameter", "private static T Same<T>(T value)", "private static TOther Same<TOther>(TOther value)"),
        new("the name of a type's type parameter", "TValue", "TContent"),
        new("the name of a type parameter with a constraint", "public static T Make<T>()\n        where T : new() => new T();", "public static TMade Make<TMade>()\n        where TMade : new() => new TMade();"),
        new("a body instead of a method's arrow", "private static decimal Arrow(decimal value) => value * 11;", "private static decimal Arrow(decimal value)\n    {\n        return value * 11;\n    }"),
        new("a body instead of a void method's arrow", "public void Add(int item) => Sum += item * 19;", "public void Add(int item) { Sum += item * 19; }"),
        new("a body instead of a constructor's arrow", "public Both(decimal value) => _value = value;", "public Both(decimal value) { _value = value; }"),
        new("a getter instead of a property's arrow", "public decimal Thrice => _value * 15;", "public decimal Thrice { get { return _value * 15; } }"),
        new("a getter's arrow instead of a property's arrow", "public decimal Thrice => _value * 15;", "public decimal Thrice { get => _value * 15; }"),
        new("a getter instead of an indexer's arrow", "this[int at] => at * 26;", "this[int at] { get { return at * 26; } }"),
        new("a body instead of a lambda's expression", "one => one + 12", "one => { return one + 12; }"),
        new("a body instead of a void lambda's expression", "list => list.Add(13)", "list => { list.Add(13); }"),
        new("parentheses around a lambda's parameter", "one => one + 12", "(one) => one + 12"),
        new("a body instead of a local function's arrow", "decimal Local(decimal one) => one * 14;", "decimal Local(decimal one) { return one * 14; }"),
        new("a body instead of an asynchronous method's arrow", "Waiting() => await new Delay();", "Waiting() { return await new Delay(); }"),
        new("a body that throws instead of an arrow", "public System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();", "public System.Collections.IEnumerator GetEnumerator() { throw new NotSupportedException(); }"),
        new("the order of static initialisers that know nothing of each other", "    public static decimal Third { get; } = 36;\n    public static readonly decimal Apart = 37;", "    public static readonly decimal Apart = 37;\n    public static decimal Third { get; } = 36;"),
        new("a static initialiser first that no step reads", "    public static readonly decimal First = Start();", "    public static readonly decimal Zeroth = 99;\n    public static readonly decimal First = Start();"),
    ];
}
