//// an import that adds what it reads => TP1002
public sealed class OrderImport(ShopContext db)
{
    public async Task RunAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            db.Orders.Add(new Order { Number = line });
        }

        await db.SaveChangesAsync();
    }
}

//// an import that looks for the number first => nothing
public sealed class OrderImport(ShopContext db)
{
    public async Task RunAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (!await db.Orders.AnyAsync(order => order.Number == line))
            {
                db.Orders.Add(new Order { Number = line });
            }
        }

        await db.SaveChangesAsync();
    }
}

//// an import of new numbers on each run => TP1002 TP1003
public sealed class OrderImport(ShopContext db)
{
    public void Run(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            db.Orders.Add(new Order { Number = Guid.NewGuid().ToString("N"), Note = line });
        }

        db.SaveChanges();
    }
}

//// an import whose orders are of today => TP1002 TP1003
public sealed class OrderImport(ShopContext db)
{
    public void Run(IEnumerable<string> lines)
    {
        db.Orders.AddRange(lines.Select(line => new Order { Number = line, Placed = DateTime.Today }));
        db.SaveChanges();
    }
}

//// an import with the day it is told => TP1002
public sealed class OrderImport(ShopContext db)
{
    public void Run(DateTime day, IEnumerable<string> lines)
    {
        db.Orders.AddRange(lines.Select(line => new Order { Number = line, Placed = day }));
        db.SaveChanges();
    }
}

//// a service that places one order now => TP1002
public sealed class OrderService(ShopContext db)
{
    public async Task PlaceAsync(string number)
    {
        var order = new Order { Number = number, Placed = DateTime.UtcNow };
        db.Orders.Add(order);
        await db.SaveChangesAsync();
    }
}

//// a controller that places one => nothing
public class ControllerBase { }
public sealed class OrdersController(ShopContext db) : ControllerBase
{
    public async Task Post(string number)
    {
        db.Orders.Add(new Order { Number = number, Placed = DateTime.UtcNow });
        await db.SaveChangesAsync();
    }
}

//// the handler of a command => nothing
public interface IRequestHandler<TRequest, TResponse> { }
public sealed class PlaceOrder(ShopContext db) : IRequestHandler<string, int>
{
    public async Task<int> Handle(string number)
    {
        db.Orders.Add(new Order { Number = number, Placed = DateTime.UtcNow });
        return await db.SaveChangesAsync();
    }
}

//// all rows are removed before => nothing
public sealed class ReferenceLoader(ShopContext db)
{
    public void Load(IEnumerable<Customer> customers)
    {
        db.Customers.RemoveRange(db.Customers);
        db.Customers.AddRange(customers);
        db.SaveChanges();
    }
}

//// when a row was created => TP1002
public sealed class OrderImport(ShopContext db)
{
    public void Run(IEnumerable<string> lines)
    {
        db.Orders.AddRange(lines.Select(line => new Order { Number = line, CreatedAt = DateTime.UtcNow }));
        db.SaveChanges();
    }
}

//// the outbox of messages => TP1002
public sealed class OutboxJob(ShopContext db)
{
    public void Publish(IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
        {
            db.Add(new OutboxMessage { Id = Guid.NewGuid(), Body = body, At = DateTime.UtcNow });
        }

        db.SaveChanges();
    }
}

//// a seeder that asks whether there is anything => nothing
public static class SeedData
{
    public static void Initialize(ShopContext db)
    {
        if (db.Customers.Any())
        {
            return;
        }

        db.Customers.AddRange(new Customer { Name = "A" }, new Customer { Name = "B" });
        db.SaveChanges();
    }
}

//// what is only added is not saved here => nothing
public sealed class Builder(ShopContext db)
{
    public void Prepare(IEnumerable<string> numbers)
    {
        foreach (var number in numbers)
        {
            db.Orders.Add(new Order { Number = number, Placed = DateTime.Today });
        }
    }
}

//// a failed key is caught => nothing
public sealed class OrderImport(ShopContext db)
{
    public void Run(Order order)
    {
        try
        {
            db.Orders.Add(order);
            db.SaveChanges();
        }
        catch (DbUpdateException)
        {
            db.Entry(order).State = EntityState.Detached;
        }
    }
}

//// raw SQL of EF Core => TP1002
public sealed class Archive(ShopContext db)
{
    public void Run(int year) => db.Database.ExecuteSql($"insert into order_archive select * from orders where year = {year}");
}

//// a composed text of EF Core with a value in quotes => TP1011
public sealed class Archive(ShopContext db)
{
    public void Run(string region) => db.Database.ExecuteSqlRaw($"update orders set region = '{region}' where region is null");
}

//// a parameter of EF Core => nothing
public sealed class Archive(ShopContext db)
{
    public void Run(string region) => db.Database.ExecuteSqlRaw("update orders set region = {0} where region is null", region);
}

//// a note in the log => nothing
public sealed class Cleaner(ShopContext db, ILogger<Cleaner> logger)
{
    public void Run(int id)
    {
        var started = DateTime.UtcNow;
        var order = db.Orders.Find(id);
        logger.LogInformation("Looked at {Order} in {Elapsed} on {Machine}", order, DateTime.UtcNow - started, Environment.MachineName);
    }
}

//// old rows are asked for by the clock => nothing
public sealed class Cleaner(ShopContext db)
{
    public void Run()
    {
        var limit = DateTime.UtcNow.AddDays(-30);
        db.Orders.RemoveRange(db.Orders.Where(order => order.Placed < limit));
        db.SaveChanges();
    }
}

//// a job that stamps the first of a set => TP1002 TP1003
public sealed class SnapshotJob(ShopContext db)
{
    public void Run(HashSet<string> numbers)
    {
        foreach (var customer in new[] { "a", "b" })
        {
            db.Orders.Add(new Order { Note = customer, Number = numbers.First() });
        }

        db.SaveChanges();
    }
}

//// a job that takes the first of an ordered list => TP1002
public sealed class SnapshotJob(ShopContext db)
{
    public void Run(HashSet<string> numbers)
    {
        foreach (var customer in new[] { "a", "b" })
        {
            db.Orders.Add(new Order { Note = customer, Number = numbers.OrderBy(number => number).First() });
        }

        db.SaveChanges();
    }
}

//// an update in place of an add => nothing
public sealed class CustomerSync(ShopContext db)
{
    public void Run(IEnumerable<Customer> customers)
    {
        foreach (var customer in customers)
        {
            if (customer.Id == 0)
            {
                db.Customers.Add(customer);
            }
            else
            {
                db.Customers.Update(customer);
            }
        }

        db.SaveChanges();
    }
}

//// a price that grows each time it is run => TP1004
public class Account { public int Id { get; set; } public decimal Balance { get; set; } public int Version { get; set; } public bool IsPosted { get; set; } }
public class BankContext : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
public sealed class Interest(BankContext db)
{
    public async Task RunAsync(decimal amount)
    {
        foreach (var account in await db.Accounts.ToListAsync())
        {
            account.Balance += amount;
            account.Version++;
        }

        await db.SaveChangesAsync();
    }
}

//// the same of one row, written out => TP1004
public class Account { public int Id { get; set; } public decimal Balance { get; set; } }
public class BankContext : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
public sealed class Posting(BankContext db)
{
    public void Post(int id, decimal amount)
    {
        var account = db.Accounts.Single(account => account.Id == id);
        account.Balance = account.Balance - amount;
        db.SaveChanges();
    }
}

//// the same where a flag says that it is done => nothing
public class Account { public int Id { get; set; } public decimal Balance { get; set; } public bool IsPosted { get; set; } }
public class BankContext : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
public sealed class Posting(BankContext db)
{
    public void Post(int id, decimal amount)
    {
        var account = db.Accounts.Single(account => account.Id == id);
        if (account.IsPosted)
        {
            return;
        }

        account.Balance += amount;
        account.IsPosted = true;
        db.SaveChanges();
    }

    public void PostAll(decimal amount)
    {
        foreach (var account in db.Accounts.Where(account => !account.IsPosted))
        {
            account.Balance += amount;
            account.IsPosted = true;
        }

        db.SaveChanges();
    }
}

//// the same of a total that is made anew => nothing
public class Account { public int Id { get; set; } public decimal Balance { get; set; } }
public class BankContext : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
public sealed class Recount(BankContext db)
{
    public void Run(IReadOnlyDictionary<int, decimal> sums)
    {
        foreach (var account in db.Accounts.ToList())
        {
            account.Balance = sums[account.Id] + 1m;
        }

        db.SaveChanges();
    }

    public decimal Sum()
    {
        var sum = new Account();
        foreach (var account in db.Accounts)
        {
            sum.Balance += account.Balance;
        }

        return sum.Balance;
    }
}

//// a statement that adds to what is there => TP1004
public class Account { public int Id { get; set; } public decimal Balance { get; set; } }
public class BankContext : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
public sealed class Interest(BankContext db)
{
    public Task RunAsync(decimal amount) => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.Balance, account => account.Balance + amount));
}

//// the same for what has not been posted yet => nothing
public class Account { public int Id { get; set; } public decimal Balance { get; set; } public bool IsPosted { get; set; } public int Attempts { get; set; } }
public class BankContext : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
public sealed class Interest(BankContext db)
{
    public Task RunAsync(decimal amount) => db.Accounts.Where(account => !account.IsPosted)
        .ExecuteUpdateAsync(set => set.SetProperty(account => account.Balance, account => account.Balance + amount).SetProperty(account => account.IsPosted, true));

    public Task TryAsync() => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.Attempts, account => account.Attempts + 1));

    public Task SetAsync(decimal amount) => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.Balance, amount + 1));
}

//// a like that somebody gives by a controller => nothing
public class ControllerBase { }
public class Account { public int Id { get; set; } public int Likes { get; set; } }
public class BankContext : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
public sealed class AccountsController(BankContext db) : ControllerBase
{
    public void Like(int id)
    {
        var account = db.Accounts.Single(account => account.Id == id);
        account.Likes++;
        db.SaveChanges();
    }
}

//// an audit that is an entity => nothing
public sealed class LevyAccountAuditModel
{
    public int Id { get; set; }
}

public sealed class AuditContext : DbContext
{
    public DbSet<LevyAccountAuditModel> Levies => Set<LevyAccountAuditModel>();
}

public sealed class LevyRepository(AuditContext db)
{
    public async Task NoteAsync(int id)
    {
        db.Levies.Add(new LevyAccountAuditModel { Id = id });
        await db.SaveChangesAsync();
    }
}

//// a handler of a minimal API => nothing
public interface IResult;

public static class OrderApi
{
    public static async Task<IResult?> CreateAsync(ShopContext db, string number)
    {
        db.Orders.Add(new Order { Number = number });
        await db.SaveChangesAsync();
        return null;
    }
}
