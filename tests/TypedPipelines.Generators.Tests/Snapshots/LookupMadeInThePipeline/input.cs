using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Joins;

public sealed record Country([property: Key] string Code, string Name);

public sealed record RawCity(string Name, string CountryCode);

[ReplaceTable]
public sealed record City(string Name, string Country);

[Pipeline("cities")]
public sealed partial class CitiesPipeline
{
    [Source]
    static CsvFiles<RawCity> Cities() => new("cities.csv");

    [Source]
    static CsvFiles<Country> Countries() => new("countries.csv");

    [Step]
    static City WithCountry(RawCity city, RowLookup<string, Country> countries) => new(city.Name, countries[city.CountryCode].Name);
}
