using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>What the compiler says of the use of obsolete and experimental code: it has said so to the user, and generated code has nobody to say it to.</summary>
/// <param name="Refused">Whether the use is an error, except in code that is obsolete itself.</param>
/// <param name="Ids">The ids of warnings that the attributes name themselves.</param>
internal sealed record ObsoleteModel(bool Refused, EquatableArray<string> Ids)
{
    public static readonly ObsoleteModel None = new(false, EquatableArray<string>.Empty);

    public static ObsoleteModel Together(IEnumerable<ObsoleteModel> all)
    {
        ObsoleteModel[] said = [.. all.Where(static each => !each.Equals(None))];
        return said.Length == 0
            ? None
            : new ObsoleteModel(said.Any(static each => each.Refused), new EquatableArray<string>(said.SelectMany(static each => each.Ids).Distinct().OrderBy(static id => id, System.StringComparer.Ordinal)));
    }
}
