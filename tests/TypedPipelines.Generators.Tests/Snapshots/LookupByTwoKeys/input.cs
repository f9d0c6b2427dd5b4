using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Rates;

// Structs cannot carry the BCL's [Table], so the strategy names the table.
[ReplaceTable(Table = "rates", Schema = "ref")]
public readonly record struct Rate([property: Key] string Currency, [property: Key] DateOnly Day, int Cents);

public sealed record RawPayment(int Id, string Currency, DateOnly Day, int Units);

[Merge(Table = "payments")]
public readonly record struct Payment([property: Key] int Id, int Cents);

[Merge(Table = "checks")]
public sealed record Check([property: Key] int Id, bool Known);

[Pipeline("payments")]
public sealed partial class PaymentsPipeline
{
    [Source]
    static CsvFiles<Rate> Rates() => new("rates.csv");

    [Source]
    static CsvFiles<RawPayment> Payments() => new("payments.csv");

    // The elements of the tuple may be named, or not.
    [Step]
    static Payment InCents(RawPayment raw, RowLookup<(string Currency, DateOnly Day), Rate> rates) =>
        new(raw.Id, raw.Units * rates[(raw.Currency, raw.Day)].Cents);

    [Step]
    static Check IsKnown(RawPayment raw, RowLookup<(string, DateOnly), Rate> rates) => new(raw.Id, rates.Contains((raw.Currency, raw.Day)));
}
