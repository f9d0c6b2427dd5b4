using System.Globalization;

namespace TypedPipelines.Benchmarks.Analyzers;

/// <summary>
/// The files of a service as services look: rows, logic over them, repositories over Dapper and ADO.NET, workers. Some hundred lines each, no two alike,
/// and nothing in them that a rule has to say, unless they are asked to be wrong.
/// </summary>
internal sealed class ServiceCode(int number, bool isWrong)
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Data;
        global using System.Data.Common;
        global using System.Globalization;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Dapper;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly string[] Things =
        ["Order", "Invoice", "Shipment", "Customer", "Product", "Payment", "Refund", "Carrier", "Supplier", "Contract", "Ticket", "Voucher", "Parcel", "Route", "Depot", "Tariff", "Quote", "Claim", "Policy", "Meter"];

    private static readonly string[] Members =
        ["Quantity", "Price", "Weight", "Discount", "Volume", "Distance", "Rate", "Margin", "Balance", "Score", "Length", "Height", "Share", "Premium", "Duty", "Freight", "Surcharge", "Deposit", "Rebate", "Levy"];

    private static readonly string[] Texts =
        ["Name", "Code", "Region", "Status", "Note", "Reference", "Country", "City", "Street", "Category", "Channel", "Currency", "Brand", "Segment", "Label", "Title", "Email", "Phone", "Unit", "Grade"];

    private readonly string _thing = $"{Things[number % Things.Length]}{Number(number)}";

    /// <summary>All files of a project.</summary>
    public static IEnumerable<string> Files(int count, bool areWrong) => Enumerable.Range(0, count).Select(number => new ServiceCode(number, areWrong).File()).Prepend(Usings);

    private string File() => $$"""
        namespace Shop.{{_thing}}s;

        {{Rows()}}

        {{(number % 10) switch { 0 or 1 => DapperRepository(), 2 => AdoRepository(), 3 => Worker(), 4 => Parser(), _ => Logic() }}}

        {{Report()}}
        """;

    private static string Number(int of) => of.ToString(CultureInfo.InvariantCulture);

    // Each file has names of its own: what differs in names of members is not the same logic.
    private string Figure(int of) => Members[(number + (of * 3)) % Members.Length] + Number(number);

    private string Text(int of) => Texts[(number + (of * 3)) % Texts.Length] + Number(number);

    private string Columns() => $"id, {Text(0)}, {Text(1)}, {Figure(0)}, {Figure(1)}, changed_at".ToLowerInvariant();

    private string Values() => $"@Id, @{Text(0)}, @{Text(1)}, @{Figure(0)}, @{Figure(1)}, @ChangedAt";

    private string Rows() => $$"""
        /// <summary>A row of the table.</summary>
        public sealed class {{_thing}}
        {
            public int Id { get; set; }

            public string? {{Text(0)}} { get; set; }

            public string {{Text(1)}} { get; set; } = "";

            public decimal {{Figure(0)}} { get; set; }

            public decimal {{Figure(1)}} { get; set; }

            public DateTime ChangedAt { get; set; }

            public bool IsOpen => {{Text(0)}} is { Length: > 0 } && {{Figure(0)}} > 0;
        }

        /// <summary>What is asked of it.</summary>
        public sealed record {{_thing}}Filter(string? {{Text(0)}}, decimal? Least{{Figure(0)}}, DateOnly? Since, int Take = 100);
        """;

    private string Insert(string table) => isWrong
        ? $"insert into {table} ({Columns()}) values ({Values()})"
        : $"insert into {table} ({Columns()}) values ({Values()}) on conflict (id) do update set {Figure(0)} = excluded.{Figure(0)}, changed_at = excluded.changed_at".ToLowerInvariant();

    private string DapperRepository() => $$""""
        /// <summary>Reads and writes them.</summary>
        public sealed class {{_thing}}Repository(DbDataSource source, ILogger<{{_thing}}Repository> logger)
        {
            private const string Table = "{{_thing.ToLowerInvariant()}}";

            private const string Select{{number}} = $"select {{Columns()}} from {Table}";

            public async Task<{{_thing}}?> FindAsync(int id, CancellationToken cancel)
            {
                await using DbConnection connection = await source.OpenConnectionAsync(cancel);
                return await connection.QuerySingleOrDefaultAsync<{{_thing}}>(new CommandDefinition(Select{{number}} + " where id = @id", new { id }, cancellationToken: cancel));
            }

            public async Task<IReadOnlyList<{{_thing}}>> SearchAsync({{_thing}}Filter filter, CancellationToken cancel)
            {
                var sql = new StringBuilder(Select{{number}}).Append(" where true");
                if (filter.{{Text(0)}} is not null)
                {
                    sql.Append(" and {{Text(0).ToLowerInvariant()}} = @{{Text(0)}}");
                }

                if (filter.Least{{Figure(0)}} is not null)
                {
                    sql.Append(" and {{Figure(0).ToLowerInvariant()}} >= @Least{{Figure(0)}}");
                }

                sql.Append(" order by id limit @Take");
                await using DbConnection connection = await source.OpenConnectionAsync(cancel);
                IEnumerable<{{_thing}}> found = await connection.QueryAsync<{{_thing}}>(new CommandDefinition(sql.ToString(), filter, cancellationToken: cancel));
                logger.LogDebug("{Count} of {Table} at {Time}", found.Count(), Table, DateTime.UtcNow);
                return found.AsList();
            }

            public async Task SaveAsync(IReadOnlyCollection<{{_thing}}> rows, CancellationToken cancel)
            {
                foreach ({{_thing}} row in rows)
                {
                    if (row.{{Figure(0)}} < 0 || row.{{Text(1)}}.Length > {{Number(10 + (number % 90))}})
                    {
                        throw new ArgumentException($"{row.Id} has {row.{{Figure(0)}}} {row.{{Text(1)}}}", nameof(rows));
                    }
                }

                decimal {{Figure(1).ToLowerInvariant()}} = rows.Where(row => row.IsOpen && row.{{Figure(0)}} > row.{{Figure(1)}}).Sum(row => row.{{Figure(1)}});
                logger.LogTrace("{Sum} of {{Figure(1)}}", {{Figure(1).ToLowerInvariant()}});
                await using DbConnection connection = await source.OpenConnectionAsync(cancel);
                await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
                const string sql = """
                    {{Insert(_thing.ToLowerInvariant())}}
                    """;
                await connection.ExecuteAsync(new CommandDefinition(sql, rows, transaction, cancellationToken: cancel));
                await transaction.CommitAsync(cancel);
            }

            public async Task<int> CloseAsync(int id, CancellationToken cancel)
            {
                await using DbConnection connection = await source.OpenConnectionAsync(cancel);
                return await connection.ExecuteAsync(new CommandDefinition("update {{_thing.ToLowerInvariant()}} set {{Text(1).ToLowerInvariant()}} = 'closed' where id = @id", new { id }, cancellationToken: cancel));
            }
        }
        """";

    private string AdoRepository() => $$""""
        /// <summary>Reads and writes them without a mapper.</summary>
        public sealed class {{_thing}}Store(DbConnection connection)
        {
            public List<{{_thing}}> Read(DateTime since)
            {
                var rows = new List<{{_thing}}>();
                using DbCommand command = connection.CreateCommand();
                command.CommandText = "select {{Columns()}} from {{_thing.ToLowerInvariant()}} where changed_at >= @since order by id";
                DbParameter from = command.CreateParameter();
                from.ParameterName = "@since";
                from.Value = since;
                command.Parameters.Add(from);
                using DbDataReader reader = command.ExecuteReader();
                while (reader.Read())
                {
                    rows.Add(new {{_thing}}
                    {
                        Id = reader.GetInt32(0),
                        {{Text(0)}} = reader.IsDBNull(1) ? null : reader.GetString(1),
                        {{Text(1)}} = reader.GetString(2),
                        {{Figure(0)}} = reader.GetDecimal(3),
                        {{Figure(1)}} = reader.GetDecimal(4),
                        ChangedAt = reader.GetDateTime(5),
                    });
                }

                return rows;
            }

            public int Write(IEnumerable<{{_thing}}> rows)
            {
                int written = 0;
                foreach ({{_thing}} row in rows.Where(row => row.{{Figure(0)}} >= 0).OrderBy(row => row.{{Text(1)}}, StringComparer.Ordinal))
                {
                    decimal {{Figure(1).ToLowerInvariant()}} = Math.Min(row.{{Figure(1)}}, {{Number(number)}});
                    string {{Text(0).ToLowerInvariant()}} = row.{{Text(0)}}?.Trim() ?? "{{Text(2)}}";
                    using DbCommand command = connection.CreateCommand();
                    command.CommandText = """
                        {{Insert(_thing.ToLowerInvariant())}}
                        """;
                    Set(command, "@Id", row.Id);
                    Set(command, "@{{Text(0)}}", {{Text(0).ToLowerInvariant()}});
                    Set(command, "@{{Text(1)}}", row.{{Text(1)}});
                    Set(command, "@{{Figure(0)}}", row.{{Figure(0)}});
                    Set(command, "@{{Figure(1)}}", {{Figure(1).ToLowerInvariant()}} + row.{{Figure(0)}});
                    Set(command, "@ChangedAt", row.ChangedAt);
                    written += command.ExecuteNonQuery();
                }

                return written;
            }

            private static void Set(DbCommand command, string name, object value)
            {
                DbParameter parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }
        }
        """";

    private string Worker() => $$"""
        /// <summary>Brings them in, every so often.</summary>
        public sealed class {{_thing}}Worker(HttpClient client, DbDataSource source, ILogger<{{_thing}}Worker> logger) : BackgroundService
        {
            private static readonly TimeSpan Pause = TimeSpan.FromMinutes({{Number(1 + (number % 50))}});

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using var timer = new PeriodicTimer(Pause);
                while (await timer.WaitForNextTickAsync(stoppingToken))
                {
                    try
                    {
                        DateTime start = DateTime.UtcNow;
                        int count = await Bring{{_thing}}Async(stoppingToken);
                        logger.LogInformation("{Count} rows in {Elapsed}", count, DateTime.UtcNow - start);
                    }
                    catch (HttpRequestException error)
                    {
                        logger.LogWarning(error, "{{Text(0)}} is not there");
                    }
                }
            }

            private async Task<int> Bring{{_thing}}Async(CancellationToken cancel)
            {
                using var reader = new StreamReader(await client.GetStreamAsync("{{_thing}}/{{Text(1)}}", cancel));
                var rows = new List<{{_thing}}>();
                while (await reader.ReadLineAsync(cancel) is { } line)
                {
                    string[] cells = line.Split(';');
                    if (cells.Length == 4 && int.TryParse(cells[0], CultureInfo.InvariantCulture, out int id))
                    {
                        rows.Add(new {{_thing}} { Id = id, {{Text(0)}} = cells[1], {{Figure(0)}} = decimal.Parse(cells[2], CultureInfo.InvariantCulture), {{Figure(1)}} = decimal.Parse(cells[3], CultureInfo.InvariantCulture) });
                    }
                }

                await using DbConnection connection = await source.OpenConnectionAsync(cancel);
                return await connection.ExecuteAsync("{{Insert("incoming_" + _thing.ToLowerInvariant())}}", rows);
            }
        }
        """;

    private string Parser() => $$"""
        /// <summary>Reads them from text.</summary>
        public static class {{_thing}}Parser
        {
            public static bool TryParse(ReadOnlySpan<char> line, out {{_thing}} row)
            {
                row = new {{_thing}}();
                int cell = 0;
                foreach (Range range in line.Split('\t'))
                {
                    ReadOnlySpan<char> text = line[range].Trim();
                    switch (cell++)
                    {
                        case 0 when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id):
                            row.Id = id;
                            break;
                        case 1:
                            row.{{Text(0)}} = text.ToString();
                            break;
                        case 2:
                            row.{{Text(1)}} = text.ToString().ToUpperInvariant();
                            break;
                        case 3 when decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal first):
                            row.{{Figure(0)}} = first;
                            break;
                        case 4 when decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal second):
                            row.{{Figure(1)}} = second;
                            break;
                        default:
                            return false;
                    }
                }

                return cell == 5;
            }
        }
        """;

    private string Logic() => $$"""
        /// <summary>What is reckoned of them.</summary>
        public sealed class {{_thing}}Service(ILogger<{{_thing}}Service> logger)
        {
            private readonly Dictionary<string, decimal> _{{Figure(2)}} = new(StringComparer.Ordinal);

            public decimal Total{{Figure(0)}}(IReadOnlyCollection<{{_thing}}> rows)
            {
                decimal total = {{Number(number)}};
                foreach ({{_thing}} row in rows)
                {
                    if (!row.IsOpen || row.{{Figure(1)}} < {{Number(number % 9)}})
                    {
                        logger.LogTrace("{Id} is left out of {{Figure(0)}}", row.Id);
                        continue;
                    }

                    total += row.{{Figure(0)}} > {{Number(number % 13)}} ? row.{{Figure(0)}} : row.{{Figure(1)}};
                    _{{Figure(2)}}[row.{{Text(1)}}] = _{{Figure(2)}}.GetValueOrDefault(row.{{Text(1)}}) + row.{{Figure(1)}};
                }

                return Math.Round(total, {{Number(number % 4)}});
            }

            public IEnumerable<(string {{Text(1)}}, decimal {{Figure(1)}})> By{{Text(1)}}(IEnumerable<{{_thing}}> rows, {{_thing}}Filter filter) =>
                from row in rows
                where filter.{{Text(0)}} is null || string.Equals(filter.{{Text(0)}}, row.{{Text(0)}}, StringComparison.OrdinalIgnoreCase)
                group row.{{Figure(1)}} by row.{{Text(1)}} into same
                orderby same.Key
                select (same.Key, same.Sum());

            public string Describe{{_thing}}({{_thing}} row)
            {
                var text = new StringBuilder();
                text.Append("{{Text(2)}} ").Append(row.Id.ToString(CultureInfo.InvariantCulture)).Append(": ").AppendLine(row.{{Text(0)}} ?? "{{Text(3)}}");
                if (row.{{Figure(0)}} > row.{{Figure(1)}} && row.{{Text(1)}}.StartsWith("{{Text(0)[..2]}}", StringComparison.Ordinal))
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"{{Figure(3)}} {row.{{Figure(0)}}:0.00} of {row.{{Figure(1)}}:0.00}");
                }

                return text.ToString();
            }

            public {{_thing}}? Newest{{Text(0)}}(IReadOnlyList<{{_thing}}> rows, string {{Text(0).ToLowerInvariant()}}) => rows
                .Where(row => row.{{Text(0)}} == {{Text(0).ToLowerInvariant()}})
                .OrderByDescending(row => row.ChangedAt)
                .ThenBy(row => row.Id)
                .FirstOrDefault();
        }
        """;

    private string Report() => $$"""
        /// <summary>Tells people of them.</summary>
        public sealed class {{_thing}}Report
        {
            private readonly SortedDictionary<string, List<{{_thing}}>> _by{{Text(1)}} = new(StringComparer.Ordinal);

            public int Count{{Text(1)}} => _by{{Text(1)}}.Values.Sum(rows => rows.Count);

            public void Add{{_thing}}({{_thing}} row)
            {
                if (!_by{{Text(1)}}.TryGetValue(row.{{Text(1)}}, out List<{{_thing}}>? rows))
                {
                    _by{{Text(1)}}.Add(row.{{Text(1)}}, rows = []);
                }

                rows.Add(row);
            }

            public async Task Write{{_thing}}Async(TextWriter writer, CancellationToken cancel)
            {
                foreach ((string {{Text(1).ToLowerInvariant()}}, List<{{_thing}}> rows) in _by{{Text(1)}})
                {
                    cancel.ThrowIfCancellationRequested();
                    decimal most = rows.Max(row => row.{{Figure(0)}});
                    await writer.WriteLineAsync($"{{Text(1)}} {{{Text(1).ToLowerInvariant()}}}: {rows.Count} with {{Figure(0)}} up to {most.ToString("0.##", CultureInfo.InvariantCulture)}");
                }
            }
        }
        """;
}
