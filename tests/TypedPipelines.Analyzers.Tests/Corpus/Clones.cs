//// copies that call another method, of one type => TP2001
public sealed class Jobs(IDbConnection db)
{
    public int Pause(string group, int owner)
    {
        using IDbCommand command = db.CreateCommand();
        command.CommandText = Statements.Pause;
        Bind(command, "group", group.Trim().ToLowerInvariant());
        Bind(command, "owner", owner);
        Notify(Kind.Paused, group, owner, command.CommandText.Length);
        return command.ExecuteNonQuery() > 0 ? owner : 0;
    }

    public int Resume(string group, int owner)
    {
        using IDbCommand command = db.CreateCommand();
        command.CommandText = Statements.Resume;
        Bind(command, "group", group.Trim().ToLowerInvariant());
        Bind(command, "owner", owner);
        Notify(Kind.Resumed, group, owner, command.CommandText.Length);
        return command.ExecuteNonQuery() > 0 ? owner : 0;
    }

    private static void Bind(IDbCommand command, string name, object value) => command.Parameters.Add(name + value);
    private static void Notify(Kind kind, string group, int owner, int length) => Console.WriteLine($"{kind} {group} {owner} {length}");
}

public enum Kind { Paused, Resumed }
public static class Statements { public static readonly string Pause = Environment.NewLine; public static readonly string Resume = Environment.NewLine; }

//// copies whose statements stand in another order => TP2001
public static class Scores
{
    public static double Weekly(List<double> values)
    {
        double sum = values.Where(value => value > 0).Sum();
        double top = values.OrderByDescending(value => value).Take(3).Average();
        double spread = values.Max() - values.Min();
        return Rounded(sum, top, spread);
    }

    public static double Monthly(List<double> values)
    {
        double spread = values.Max() - values.Min();
        double top = values.OrderByDescending(value => value).Take(3).Average();
        double sum = values.Where(value => value > 0).Sum();
        return Rounded(sum, top, spread);
    }

    private static double Rounded(double sum, double top, double spread) => Math.Round((sum + top) / (1 + spread), 2);
}

//// a method whose statements stand in a longer one => TP2001
public static class Names
{
    public static string Clean(string raw)
    {
        string text = raw.Trim().Replace('\t', ' ').Replace("  ", " ", StringComparison.Ordinal);
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            text = text.Substring(comma + 1).Trim() + " " + text.Substring(0, comma).Trim();
        }

        return text.Length > 80 ? text.Substring(0, 80) : text;
    }

    public static string Label(string raw, List<string> known)
    {
        foreach (string other in known)
        {
            if (other.Equals(raw, StringComparison.OrdinalIgnoreCase) && other.Length > 2)
            {
                return other.ToUpperInvariant() + known.Count;
            }
        }

        string text = raw.Trim().Replace('\t', ' ').Replace("  ", " ", StringComparison.Ordinal);
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            text = text.Substring(comma + 1).Trim() + " " + text.Substring(0, comma).Trim();
        }

        return text.Length > 80 ? text.Substring(0, 80) : text;
    }
}

//// the same inside a using statement and a try => TP2002
public static class Plain
{
    public static int Count(string path, char mark)
    {
        using var reader = new System.IO.StreamReader(path, Encoding.UTF8, true);
        int count = 0;
        while (reader.ReadLine() is { } line)
        {
            count += line.Split(mark).Count(part => part.Trim().Length > 0 && !part.StartsWith('#'));
        }

        return count;
    }
}

public static class Careful
{
    public static int Number(string file, char sign)
    {
        try
        {
            using (var lines = new System.IO.StreamReader(file, Encoding.UTF8, true))
            {
                int number = 0;
                while (lines.ReadLine() is { } text)
                {
                    number += text.Split(sign).Count(part => part.Trim().Length > 0 && !part.StartsWith('#'));
                }

                return number;
            }
        }
        catch (System.IO.IOException)
        {
            throw;
        }
    }
}

//// overrides with one long body => TP2002
public abstract class Dialect
{
    public abstract string Upsert(string table, List<string> columns, List<string> keys);
}

public sealed class Sqlite : Dialect
{
    public override string Upsert(string table, List<string> columns, List<string> keys)
    {
        var text = new StringBuilder("replace: ").Append(table).Append(" (").AppendJoin(", ", columns).Append(')');
        string chosen = string.Join(", ", columns.Where(column => !keys.Contains(column)).Select(column => column + " = excluded." + column));
        if (chosen.Length == 0)
        {
            return text.Append(" by ").AppendJoin(", ", keys).ToString();
        }

        return text.Append(" by ").AppendJoin(", ", keys).Append(" with ").Append(chosen).ToString();
    }
}

public sealed class Postgres : Dialect
{
    public override string Upsert(string table, List<string> columns, List<string> keys)
    {
        var text = new StringBuilder("replace: ").Append(table).Append(" (").AppendJoin(", ", columns).Append(')');
        string chosen = string.Join(", ", columns.Where(column => !keys.Contains(column)).Select(column => column + " = excluded." + column));
        if (chosen.Length == 0)
        {
            return text.Append(" by ").AppendJoin(", ", keys).ToString();
        }

        return text.Append(" by ").AppendJoin(", ", keys).Append(" with ").Append(chosen).ToString();
    }
}

//// copies in the setters of two properties => TP2001
public sealed class Limits
{
    private readonly List<string> _changes = [];
    private double _low;
    private double _high;

    public double Low
    {
        get => _low;
        set
        {
            double rounded = Math.Round(value, 3, MidpointRounding.ToEven);
            _changes.Add($"{_low} is {rounded} now");
            while (_changes.Count > 100)
            {
                _changes.RemoveAt(0);
            }

            _low = rounded;
            Console.WriteLine(_changes.Count);
        }
    }

    public double High
    {
        get => _high;
        set
        {
            double rounded = Math.Round(value, 3, MidpointRounding.ToEven);
            _changes.Add($"{_high} is {rounded} now");
            while (_changes.Count > 100)
            {
                _changes.RemoveAt(0);
            }

            _high = rounded;
            Console.WriteLine(_changes.Count);
        }
    }
}

//// settings of two entities => nothing
public static class Maps
{
    public static void Orders(ModelBuilder builder)
    {
        builder.Entity<Order>().HasKey(order => order.Id);
        builder.Entity<Order>().Property(order => order.Number).HasMaxLength(20).IsRequired();
        builder.Entity<Order>().Property(order => order.Note).HasMaxLength(200);
        builder.Entity<Order>().HasIndex(order => order.Placed);
        builder.Entity<Order>().Property(order => order.CreatedAt).HasColumnName("created").IsRequired();
    }

    public static void Trades(ModelBuilder builder)
    {
        builder.Entity<Trade>().HasKey(trade => trade.Id);
        builder.Entity<Trade>().Property(trade => trade.Symbol).HasMaxLength(20).IsRequired();
        builder.Entity<Trade>().Property(trade => trade.Price).HasPrecision(18);
        builder.Entity<Trade>().HasIndex(trade => trade.TradedOn);
        builder.Entity<Trade>().Property(trade => trade.TradedOn).HasColumnName("traded").IsRequired();
    }
}

//// names of two sets of values => nothing
public static class Words
{
    public static string Of(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => "first",
        DayOfWeek.Tuesday => "second",
        DayOfWeek.Wednesday => "third",
        DayOfWeek.Thursday => "fourth",
        DayOfWeek.Friday => "fifth",
        _ => throw new ArgumentOutOfRangeException(nameof(day)),
    };

    public static string Of(ConsoleColor color) => color switch
    {
        ConsoleColor.Black => "first",
        ConsoleColor.Blue => "second",
        ConsoleColor.Cyan => "third",
        ConsoleColor.Gray => "fourth",
        ConsoleColor.Green => "fifth",
        _ => throw new ArgumentOutOfRangeException(nameof(color)),
    };
}

//// rows of two lists => nothing
public static class Seeds
{
    public static List<Customer> Customers() =>
    [
        .. new List<Customer>
        {
            new Customer { Id = 1, Name = "Ann" },
            new Customer { Id = 2, Name = "Bob" },
            new Customer { Id = 3, Name = "Cid" },
            new Customer { Id = 4, Name = "Dan" },
        },
    ];

    public static List<Customer> Suppliers() =>
    [
        .. new List<Customer>
        {
            new Customer { Id = 1, Name = "East" },
            new Customer { Id = 2, Name = "West" },
            new Customer { Id = 3, Name = "North" },
            new Customer { Id = 4, Name = "South" },
            new Customer { Id = 5, Name = "Up" },
        },
    ];
}

//// guards before other calls => nothing
public static class Guarded
{
    public static int Width(List<string> names, string text, string mark)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(mark);
        if (names.Count == 0)
        {
            throw new ArgumentException("There are no names", nameof(names));
        }

        return names.Max(name => name.Length);
    }

    public static bool Has(List<string> names, string text, string mark)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(mark);
        if (names.Count == 0)
        {
            throw new ArgumentException("There are no names", nameof(names));
        }

        return text.Contains(mark, StringComparison.Ordinal);
    }
}

//// one loop that reckons otherwise => nothing
public static class Sums
{
    public static double Gain(List<double> closes, double fee)
    {
        double result = 0;
        for (int i = 1; i < closes.Count; i++)
        {
            result += (closes[i] - closes[i - 1]) * fee;
        }

        return Math.Max(result - fee, 0);
    }

    public static double Share(List<double> closes, double fee)
    {
        double result = 1;
        for (int i = 1; i <= closes.Count; i++)
        {
            result *= (closes[i] / closes[i + 1]) + fee;
        }

        return Math.Max(result * fee, 0);
    }
}

//// settings of other members by one method each => nothing
public static class Copies
{
    public static Order Of(Customer customer, Trade trade)
    {
        var order = new Order();
        order.Id = customer.Id;
        order.Number = customer.Name;
        order.Note = trade.Symbol;
        order.Placed = trade.TradedOn;
        order.CreatedAt = trade.TradedOn;
        return order;
    }

    public static Order From(Trade trade, Customer customer)
    {
        var order = new Order();
        order.Id = trade.Id;
        order.Number = trade.Symbol;
        order.Note = customer.Name;
        order.Placed = trade.TradedOn;
        order.CreatedAt = trade.TradedOn;
        return order;
    }
}
