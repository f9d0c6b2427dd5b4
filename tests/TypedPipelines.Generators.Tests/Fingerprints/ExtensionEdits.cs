namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>The part of the matrix that is about extension blocks, whose members nobody names by their class.</summary>
internal static class ExtensionEdits
{
    internal static readonly Edit[] Changing =
    [
        new("a property of an extension block", "text.Length * 84", "text.Length * 85"),
        new("a method of an extension block", "text.Length * by + 85", "text.Length * by + 86"),
        new("a method that one of an extension block calls", "text.Length * 83", "text.Length * 82"),
        new("what a method of an extension block does with it", "Deeper(text) + 86", "Deeper(text) + 87"),
        new("a method of an extension block that a delegate holds", "text.Length + 87", "text.Length + 86"),
        new("a static property of an extension block", "Nothing => 88", "Nothing => 87"),
        new("a static method of an extension block", "value.Length + 89", "value.Length + 88"),
        new("a getter of an extension block, which a pattern asks, too", "parcel.Weight + 90", "parcel.Weight + 91"),
        new("a setter of an extension block", "value + 91", "value + 92"),
        new("the Deconstruct of an extension block", "parcel.Weight + 94", "parcel.Weight + 95"),
        new("the enumerator of an extension block", "parcel.Weight + 96", "parcel.Weight + 97"),
        new("a property of a generic extension block", "all.Count() + 97", "all.Count() + 98"),
        new("a method of a generic extension block", "all.Sum(of) + 98", "all.Sum(of) + 99"),
        new("a lambda in a generic extension block with a constraint", "one.Weight + 99", "one.Weight + 98"),
        new("a member of the type, which goes before that of a block", "public int Weight { get; set; } = weight;", "public int Weight { get; set; } = weight;\n\n    public int Level { get; set; }"),
        new("a block of a more exact type, which goes before another", "    extension<T>(IEnumerable<T> all)", "    extension(int[] all)\n    {\n        public int Many => 100;\n    }\n\n    extension<T>(IEnumerable<T> all)"),
    ];

    internal static readonly Edit[] Others =
    [
        new("the name of a block's receiver", "extension<T>(IEnumerable<T> all)\n    {\n        public int Many => all.Count() + 97;\n\n        public int Each(Func<T, int> of) => all.Sum(of) + 98;", "extension<T>(IEnumerable<T> items)\n    {\n        public int Many => items.Count() + 97;\n\n        public int Each(Func<T, int> of) => items.Sum(of) + 98;"),
        new("the name of a block's type parameter", "extension<TParcel>(List<TParcel> all)\n        where TParcel : Parcel\n    {\n        public TParcel Heaviest()", "extension<TBox>(List<TBox> all)\n        where TBox : Parcel\n    {\n        public TBox Heaviest()"),
        new("a member of a block that nobody uses", "text.Length * 101", "text.Length * 102"),
        new("a member that is added to a block", "public int Spare =>", "public int More => text.Length * 103;\n\n        public int Spare =>"),
        new("comments in a block", "public int Size =>", "/* how long it is */ public int Size =>"),
        new("a body instead of an arrow in a block", "public int Own() => Deeper(text) + 86;", "public int Own()\n        {\n            return Deeper(text) + 86;\n        }"),
        new("two blocks of one type instead of one", "        public int Own() =>", "    }\n\n    extension(string text)\n    {\n        public int Own() =>"),
    ];
}
