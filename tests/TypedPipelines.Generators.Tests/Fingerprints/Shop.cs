namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>A pipeline whose steps reach code of every kind: what the edits of the matrix are made to.</summary>
internal static class Shop
{
    internal const string Pipeline = """
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using TypedPipelines;
        using static Shop.Texts;

        namespace Shop;

        public sealed record RawOrder(int Id, [Format("yyyy-MM-dd")] DateOnly Day, string Status, decimal Amount);

        /// <summary>An order.</summary>
        [Table("orders")]
        [ReplacePartition(nameof(Day))]
        public sealed partial record Order(
            [property: Key] int Id,
            DateOnly Day,
            [MaxLength(20)] string Status,
            [Precision(10, 2), Range(0, 1000)] decimal Amount);

        [Pipeline("orders", Owner = "shop", Description = "Orders.")]
        [DailyPartitions("2026-01-01", End = "2026-03-01", TimeZone = "Europe/Berlin")]
        public sealed partial class OrdersPipeline
        {
            [Source]
            static CsvFiles<RawOrder> Landing(DayPartition day) => new($"landing/{day.Key}.csv");

            [Step]
            static RawOrder? Known([From(nameof(Landing))] RawOrder order)
            {
                // Only what is known.
                int length = order.Status.Length;
                if (length == 0)
                {
                    return null;
                }

                return order with { Status = Clean(order.Status) };
            }

            [Step(MaxConcurrency = 4), Retry(2, DelayMilliseconds = 5)]
            static async ValueTask<RawOrder> Ask([From(nameof(Known))] RawOrder order) => await ValueTask.FromResult(order);

            [Step]
            static Order Price([From(nameof(Ask))] RawOrder order)
            {
                Money money = new(order.Amount);
                money += new Money(1.5m);
                decimal rounded = TaxRules.Round(money.Value, digits: 2);
                IRate rate = Rates.For(order.Status);
                var shown = order.Status.Shown();
                decimal Twice(decimal value) => value * 2;
                Func<decimal, decimal> plus = value => value + TaxRules.Fee;
                decimal sum = 0;
                foreach (int step in new Steps(3))
                {
                    sum += step;
                }

                sum += Language.Sum(order.Status) + Extended.Use(order.Status);
                var names = from name in TaxRules.Names where name.Length > 1 select name.ToUpperInvariant();
                return new Order(order.Id, order.Day, $"{shown}: {names.First(),5:G}", rate.Of(plus(Twice(rounded))) + sum + (decimal)Kind.Second);
            }
        }
        """;

    internal const string Rules = OwnRules + ShopLanguage.Code + ShopExtensions.Code;

    private const string OwnRules = """"
        using System.Diagnostics;

        namespace Shop;

        public enum Kind
        {
            First = 1,
            Second = 2,
        }

        public static partial class TaxRules
        {
            public const decimal Fee = 0.5m;

            public static readonly string[] Names = ["ab", "cd"];

            public static readonly decimal Unused = 7m;

            public static decimal Base { get; } = 3m;

            public static decimal Round(decimal value, int digits = 0) => Math.Round(value, digits) + Offset(value) + Base;

            private static decimal Offset(decimal value) => value switch
            {
                > 100m => 1m,
                _ => Deep(0x10),
            };

            private static decimal Deep(int value)
            {
                checked
                {
                    return value > 1_000 ? 1 : Text.Length;
                }
            }

            public static decimal NeverCalled(decimal value) => value * 3;

            private static string Text => """
                one
                  two
                """;
        }

        public static class Texts
        {
            public static string Clean(string text) => text.Trim();

            public static string Shown(this object text) => nameof(Shown) + text;
        }

        public interface IRate
        {
            decimal Of(decimal value);
        }

        public sealed class Fixed : IRate
        {
            public decimal Of(decimal value) => value;
        }

        public class Scaled(decimal factor) : IRate
        {
            private readonly decimal _more = 1m;

            public virtual decimal Of(decimal value) => value * factor * _more;
        }

        public sealed class Doubled() : Scaled(2m)
        {
            public override decimal Of(decimal value) => base.Of(value) + 0m;
        }

        public static class Rates
        {
            static Rates() => Default = new Fixed();

            private static IRate Default { get; }

            public static IRate For(string status) => status == "x" ? new Doubled() : Default;
        }

        public readonly struct Money
        {
            public Money(decimal value) => Value = value;

            public decimal Value { get; }

            public static Money operator +(Money one, Money other) => new(one.Value + other.Value);

            public static implicit operator Money(decimal value) => new(value);
        }

        public sealed class Steps(int count)
        {
            public Enumerator GetEnumerator() => new(count);

            public struct Enumerator(int count)
            {
                private int _at;

                public int Current => _at * 1;

                public bool MoveNext() => _at++ < count;
            }
        }

        public sealed class Unrelated
        {
            public int Value => 1;
        }
        """";
}
