using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Microsoft's own parser of T-SQL, of SQL Server 2019, and its validator of a schema: neither needs a server.</summary>
internal static class Dialect
{
    /// <summary>What is wrong with a statement's grammar.</summary>
    internal static IReadOnlyList<string> Errors(string sql)
    {
        using var text = new StringReader(sql);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(text, out IList<ParseError> errors);
        return [.. errors.Select(error => $"{error.Line}:{error.Column} {error.Message}\n{sql}")];
    }

    /// <summary>What is wrong with a schema and the procedures that use it: unknown tables, columns, types.</summary>
    internal static IReadOnlyList<string> Validate(params IEnumerable<string> scripts)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions { Collation = "SQL_Latin1_General_CP1_CI_AS" });
        foreach (string script in scripts)
        {
            model.AddObjects(script);
        }

        return [.. model.Validate().Select(message => $"{message.MessageType} {message.Prefix}{message.Number}: {message.Message}")];
    }

    /// <summary>Statements as the body of a procedure, whose parameters are those that the statements take.</summary>
    internal static string Procedure(string name, string parameters, params IEnumerable<string> statements) =>
        $"create procedure {name} {parameters} as\nbegin\n{string.Join(";\n", statements)};\nend";
}
