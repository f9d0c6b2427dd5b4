using System.Collections.Generic;
using System.Globalization;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Gives every local variable of a method a name of its own.</summary>
internal sealed class NameScope(params string[] taken)
{
    // An underscore alone throws the value away.
    private readonly HashSet<string> _taken = [.. taken, "_"];

    public string Take(string wanted)
    {
        string name = wanted;
        for (int number = 2; !_taken.Add(name.TrimStart('@')); number++)
        {
            name = wanted + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}
