namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>Code that only the language calls: nobody names it where it runs. The shop's rules end with it.</summary>
internal static class ShopLanguage
{
    internal const string Code = """"

        public static class Language
        {
            public static decimal Sum(string text)
            {
                decimal sum = 0;
                foreach (var (number, (inner, _)) in new Pair[] { new(1), new(2) })
                {
                    sum += number + inner;
                }

                (decimal outer, (decimal left, decimal right)) = new Pair(3);
                Bag bag = [1, 2, .. new More()];
                Built built = [3, 4];
                Copied copied = new Copied(5) with { Second = 6 };
                Animal animal = new Dog(7);
                animal = animal with { Legs = 4 };
                var row = new Row();
                sum += row[^1] + row[1..];
                sum += row is [.., var last] ? last : 0;
                sum += new Tail() is [_, .. var rest] ? rest : 0;
                using (new Scope())
                {
                    sum += 1;
                }

                using var other = new OtherScope();
                foreach (int item in new Closing())
                {
                    sum += item;
                }

                sum += Maker.Make<Made>().Value + new Maker<MadeByType>().Value + InOrder.Second + InOrder.Third;
                sum += Same(outer) + new Box<decimal>(left).Value + Arrow(right) + new Both(1).Thrice + Body(2);
                sum += Session.Start + Session.Mode;
                Session.Told += Nothing;
                if (new Truth(1) && new Truth(2))
                {
                    sum += 43;
                }

                if (sum > 52) sum += 53;
                else sum -= 54;
                foreach (decimal more in new[] { left, right })
                    sum += 55 * more + left;
                bool equal = (new Weight(1), 2) == (new Weight(1), 2);
                return sum + bag.Sum + built.Sum + copied.First + animal.Legs + (equal ? 1 : 0) + Waiting().Result;
            }

            private static void Nothing()
            {
            }

            private static async System.Threading.Tasks.Task<int> Waiting() => await new Delay();

            private static T Same<T>(T value) => value;

            private static decimal Arrow(decimal value) => value * 11;

            private static decimal Body(decimal value)
            {
                Func<decimal, decimal> more = one => one + 12;
                Action<List<decimal>> add = list => list.Add(13);
                List<decimal> all = [more(value), Local(value)];
                add(all);
                return all.Sum();
                decimal Local(decimal one) => one * 14;
            }
        }

        public sealed class Box<TValue>(TValue value)
        {
            public TValue Value { get; } = value;
        }

        public sealed class Both
        {
            private decimal _value;

            public Both(decimal value) => _value = value;

            public decimal Thrice => _value * 15;
        }

        public sealed class Pair(decimal value)
        {
            public void Deconstruct(out decimal number, out Inner inner)
            {
                number = value * 16;
                inner = new Inner();
            }
        }

        public sealed class Inner
        {
            public void Deconstruct(out decimal one, out decimal two)
            {
                one = 17;
                two = 18;
            }
        }

        public sealed class Bag : System.Collections.IEnumerable
        {
            public decimal Sum;

            public void Add(int item) => Sum += item * 19;

            public System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();
        }

        public sealed class More
        {
            public MoreEnumerator GetEnumerator() => new();

            public struct MoreEnumerator
            {
                private int _left;

                public int Current => 20;

                public bool MoveNext() => _left++ < 2;
            }
        }

        [System.Runtime.CompilerServices.CollectionBuilder(typeof(Builder), "Create")]
        public sealed class Built
        {
            public decimal Sum;

            public IEnumerator<int> GetEnumerator() => throw new NotSupportedException();
        }

        public static class Builder
        {
            public static Built Create(ReadOnlySpan<int> items) => new() { Sum = items.Length * 21 };
        }

        public sealed record Copied(decimal First)
        {
            public decimal Second { get; init; }

            private Copied(Copied original) => First = original.First + 22;
        }

        public record Animal(decimal Legs)
        {
            protected Animal(Animal original) => Legs = original.Legs + 23;
        }

        public sealed record Dog(decimal Legs) : Animal(Legs)
        {
            private Dog(Dog original) : base(original) => Tail = original.Tail + 24;

            public decimal Tail { get; init; }
        }

        public sealed class Row
        {
            public int Length => 25;

            public decimal this[int at] => at * 26;

            public decimal Slice(int start, int length) => start + length * 27;
        }

        public sealed class Tail
        {
            public int Count => 28;

            public decimal this[int at] => 1;

            public decimal this[Range range] => 29;
        }

        public ref struct Scope
        {
            public void Dispose() => Ledger.Total += 30;
        }

        public ref struct OtherScope
        {
            public void Dispose() => Ledger.Total += 31;
        }

        public static class Ledger
        {
            public static decimal Total;
        }

        public sealed class Closing
        {
            public Enumerator GetEnumerator() => new();

            public ref struct Enumerator
            {
                public int Current => 1;

                public bool MoveNext() => false;

                public void Dispose() => Ledger.Total += 32;
            }
        }

        public static class Maker
        {
            public static T Make<T>()
                where T : new() => new T();
        }

        public sealed class Maker<T>
            where T : IValue, new()
        {
            public decimal Value => new T().Value;
        }

        public interface IValue
        {
            decimal Value { get; }
        }

        public sealed class Made
        {
            public Made() => Value = 33;

            public decimal Value { get; }
        }

        public sealed class MadeByType : IValue
        {
            public MadeByType() => Value = 34;

            public decimal Value { get; }
        }

        public static class InOrder
        {
            public static readonly decimal First = Start();
            public static readonly decimal Second = First + 35;
            public static decimal Third { get; } = 36;
            public static readonly decimal Apart = 37;

            private static decimal Start() => 38;
        }

        public readonly struct Weight(int value)
        {
            private readonly int _value = value;

            public static bool operator ==(Weight one, Weight other) => one._value % 39 == other._value % 39;

            public static bool operator !=(Weight one, Weight other) => !(one == other);

            public override bool Equals(object? other) => false;

            public override int GetHashCode() => 0;
        }

        public static class Session
        {
            public static decimal Start = 44;

            public static decimal Mode { get; set; }

            public static event Action Told
            {
                add => Ledger.Total += 45;
                remove => Ledger.Total -= 46;
            }
        }

        public static class Outside
        {
            [System.Runtime.CompilerServices.ModuleInitializer]
            internal static void Begin() => Session.Start = 47;

            public static void Configure() => Session.Mode += Own() * 48;

            private static decimal Own() => 49;
        }

        public readonly struct Truth(int value)
        {
            private readonly int _value = value;

            public static Truth operator &(Truth one, Truth other) => one._value > 0 ? other : one;

            public static bool operator true(Truth truth) => truth._value > 50;

            public static bool operator false(Truth truth) => truth._value < 51;
        }

        public sealed class Delay
        {
            public Awaiter GetAwaiter() => new();

            public struct Awaiter : System.Runtime.CompilerServices.INotifyCompletion
            {
                public bool IsCompleted => Ledger.Total < 40;

                public void OnCompleted(Action continuation) => continuation();

                public int GetResult() => 41;
            }
        }
        """";
}
