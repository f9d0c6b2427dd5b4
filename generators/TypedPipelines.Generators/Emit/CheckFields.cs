using System.Collections.Generic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>The static fields of a contract that hold what its checks ask: made once, not for every row.</summary>
internal sealed class CheckFields
{
    private readonly List<(string Name, string Type, string Value)> _fields = [];
    private readonly Dictionary<(int Column, int Check), string> _names = [];

    public CheckFields(ContractModel contract)
    {
        var scope = new NameScope();
        for (int column = 0; column < contract.Columns.Count; column++)
        {
            for (int i = 0; i < contract.Columns[column].Checks.Count; i++)
            {
                CheckModel check = contract.Columns[column].Checks[i];
                if (check.Instance is { } instance)
                {
                    string name = scope.Take($"{contract.Columns[column].Member}Is{check.Name}");
                    _names.Add((column, i), name);
                    _fields.Add((name, check.Form == CheckForm.Pattern ? "global::System.Text.RegularExpressions.Regex" : "global::System.ComponentModel.DataAnnotations.ValidationAttribute", instance));
                }
            }
        }
    }

    /// <summary>The field of a check; null where it needs none.</summary>
    public string? Of(int column, int check) => _names.TryGetValue((column, check), out string? name) ? name : null;

    public void Emit(SourceWriter writer)
    {
        foreach ((string name, string type, string value) in _fields)
        {
            writer.Line($"private static readonly {type} {name} = {value};").Line();
        }
    }
}
