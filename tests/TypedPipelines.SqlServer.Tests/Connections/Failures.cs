using System.Reflection;
using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>What an error of the server is taken for. The client makes such exceptions only itself: here they are made as it does.</summary>
public sealed class Failures
{
    [Theory]
    [InlineData(1205)]
    [InlineData(1222)]
    [InlineData(3960)]
    [InlineData(10929)]
    [InlineData(40501)]
    [InlineData(49918)]
    public void S38_a_transaction_that_was_in_the_way_of_others_is_tried_again(int number)
    {
        SqlServerFailure.IsPassing(SqlServerFailure.Of(Error(number), "db")).ShouldBeTrue();
        SqlServerFailure.IsPassing(SqlServerFailure.Of(Error(number, severity: 20), "db")).ShouldBeFalse("an error that ends the connection took the staged rows with it");
    }

    [Theory]
    [InlineData(2627)]
    [InlineData(207)]
    [InlineData(229)]
    [InlineData(18456)]
    [InlineData(10060)]
    public void Another_error_is_not(int number) => SqlServerFailure.IsPassing(SqlServerFailure.Of(Error(number), "db")).ShouldBeFalse();

    [Fact]
    public void S38_the_victim_of_a_deadlock_over_application_locks_is_tried_again_and_nobody_else_who_was_refused_one()
    {
        PipelineException Refused(int result) => new(FailureKind.Destination, "what", "next", new LockRefusedException(result));
        SqlServerFailure.IsPassing(Refused(-3)).ShouldBeTrue();
        SqlServerFailure.IsPassing(Refused(-999)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(40613, true)]
    [InlineData(40197, true)]
    [InlineData(49920, true)]
    [InlineData(233, true)]
    [InlineData(18456, false)]
    [InlineData(4060, false)]
    [InlineData(11001, false)]
    [InlineData(10060, false)]
    public void Connecting_is_tried_again_where_the_server_may_soon_be_there(int number, bool again) =>
        SqlServerFailure.IsWorthConnectingAgain(SqlServerFailure.Of(Error(number), "db")).ShouldBe(again);

    [Fact]
    public void A_server_that_is_not_reached_is_not_told_as_a_success() => SqlServerFailure
        .Of(new IOException("no answer came", new System.ComponentModel.Win32Exception(0)), "db")
        .What.ShouldBe("the SQL Server database db cannot be reached, or the connection was lost: no answer came");

    [Theory]
    [InlineData(229, "Grant the right that is missing; docs/destinations/sqlserver.md")]
    [InlineData(18456, "Correct the user or the password")]
    [InlineData(4060, "Create the database")]
    [InlineData(9002, "Give the server more room")]
    [InlineData(3906, "connect to the primary")]
    [InlineData(207, "does not have the shape of its contract")]
    [InlineData(1205, "tried again and failed each time")]
    [InlineData(-2, "or allow more time")]
    [InlineData(8134, "Correct what SQL Server complains about")]
    public void A_failure_says_what_to_do(int number, string next)
    {
        PipelineException e = SqlServerFailure.Of(Error(number, "It went wrong."), "analytics on db");
        e.What.ShouldBe($"the SQL Server database analytics on db reports: It went wrong (error {number})");
        e.Next.ShouldContain(next);
    }

    [Theory]
    [InlineData(50000, 20, true)]
    [InlineData(10054, 20, true)]
    [InlineData(10054, 16, true)]
    [InlineData(1205, 13, false)]
    [InlineData(-2, 11, false)]
    [InlineData(0, 11, false)]
    public void An_error_ends_the_connection_or_leaves_it_standing(int number, byte severity, bool ends) =>
        SqlServerFailure.EndsConnection(Error(number, severity: severity)).ShouldBe(ends);

    [Theory]
    [InlineData(2627, "Violation of PRIMARY KEY constraint 'PK__t__3213E83F'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (1).", "the unique index PK__t__3213E83F (the primary key)")]
    [InlineData(2627, "Violation of UNIQUE KEY constraint 'uq'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (1).", "the unique index uq")]
    [InlineData(2601, "Cannot insert duplicate key row in object 'dbo.t' with unique index 'ux_t_key'. The duplicate key value is (<NULL>).", "the unique index ux_t_key")]
    [InlineData(547, "The INSERT statement conflicted with the FOREIGN KEY constraint \"fk\". The conflict occurred in database \"d\", table \"dbo.p\", column 'id'.", "the constraint fk")]
    [InlineData(515, "Cannot insert the value NULL into column 'extra', table 'd.dbo.t'; column does not allow nulls. INSERT fails.", "the column extra")]
    [InlineData(50000, "no", "a constraint or trigger")]
    public void S30_a_broken_rule_is_named(int number, string message, string rule)
    {
        PipelineException failure = SqlServerFailure.Of(Error(number, message), "db");
        ConstraintFailure.Is(failure).ShouldBeTrue();
        PipelineException e = ConstraintFailure.Of(new TestContract("t", LoadStrategy.Merge, [Col.Key("id")]), failure);
        e.What.ShouldStartWith($"{rule} of table t refused a row of this batch (");
        e.Next.ShouldContain("never overwritten");
        e.Next.ShouldNotContain("spaces");
    }

    [Fact]
    public void S19_a_conflict_of_padded_keys_is_explained()
    {
        PipelineException failure = SqlServerFailure.Of(Error(2627, "Violation of PRIMARY KEY constraint 'pk'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (a )."), "db");
        ConstraintFailure.Of(new TestContract("t", LoadStrategy.Merge, [Shapes.Text("k", 10, key: true)]), failure).Next.ShouldContain("texts that differ only in spaces at their ends");
    }

    private static SqlException Error(int number, string message = "message", byte severity = 16)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        ConstructorInfo makeError = typeof(SqlError).GetConstructor(
            Hidden, [typeof(int), typeof(byte), typeof(byte), typeof(string), typeof(string), typeof(string), typeof(int), typeof(Exception)])!;
        object error = makeError.Invoke([number, (byte)1, severity, "db", message, "", 1, null]);
        object errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", Hidden, [typeof(SqlErrorCollection), typeof(string)])!.Invoke(null, [errors, "15.0"])!;
    }
}
