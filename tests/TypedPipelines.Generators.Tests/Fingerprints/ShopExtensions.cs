namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>Members of extension blocks, called as what they extend, by code and by the language. The shop's rules end with them. (The operators that C# 14 has there, the compiler that tests are built with does not know.)</summary>
internal static class ShopExtensions
{
    internal const string Code = """

        public class Parcel(int weight)
        {
            public int Weight { get; set; } = weight;
        }

        public static class Extended
        {
            public static decimal Use(string text)
            {
                var parcel = new Parcel(1);
                decimal sum = text.Size + text.Times(2) + text.Own() + string.Nothing + string.Given(text) + Extended.Times(text, 3);
                parcel.Level = 4;
                sum += parcel.Level;
                var (heavy, _) = parcel;
                foreach (int part in parcel)
                {
                    sum += part;
                }

                Func<int> bound = text.Bound;
                sum += heavy + new[] { 7, 8 }.Many + new[] { 9 }.Each(one => one + 80) + bound();
                sum += new List<Parcel> { parcel }.Heaviest() is { Level: > 81 } found ? found.Level : 82;
                return sum;
            }

            private static int Deeper(string text) => text.Length * 83;

            extension(string text)
            {
                public int Size => text.Length * 84;

                public int Times(int by)
                {
                    return text.Length * by + 85;
                }

                public int Own() => Deeper(text) + 86;

                public int Bound() => text.Length + 87;

                public int Spare => text.Length * 101;

                public static int Nothing => 88;

                public static int Given(string value) => value.Length + 89;
            }

            extension(Parcel parcel)
            {
                public int Level
                {
                    get => parcel.Weight + 90;
                    set => parcel.Weight = value + 91;
                }

                public void Deconstruct(out int weight, out int rest)
                {
                    weight = parcel.Weight + 94;
                    rest = 95;
                }

                public IEnumerator<int> GetEnumerator()
                {
                    yield return parcel.Weight + 96;
                }
            }

            extension<T>(IEnumerable<T> all)
            {
                public int Many => all.Count() + 97;

                public int Each(Func<T, int> of) => all.Sum(of) + 98;
            }

            extension<TParcel>(List<TParcel> all)
                where TParcel : Parcel
            {
                public TParcel Heaviest() => all.OrderBy(one => one.Weight + 99).Last();
            }
        }
        """;
}
