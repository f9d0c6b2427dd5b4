namespace TypedPipelines.SqlServer.Tests;

/// <summary>What the tests that need a server say of one that they cannot use: one line that names the variable and the reason, and no password.</summary>
public sealed class NamedServers
{
    private const int SqlServer = 3;
    private const int AzureDatabase = 5;

    [Fact]
    public void A_server_is_tried_with_two_databases_at_once_and_keeps_neither()
    {
        using ScriptedServer server = Server(SqlServer);
        SqlServerTestServer found = SqlServerTestServer.Look(server.ConnectionString, null);
        (found.IsBabelfish, found.ReadersSeeVersions).ShouldBe((false, true));
        server.Statements.Select(Kind).ShouldBe(["select cast(serverproperty('Babelfish')", "create database", "create database", "alter database", "drop database", "alter database", "drop database"]);
    }

    [Fact]
    public async Task Azure_and_Babelfish_end_no_sessions_and_a_database_that_is_in_use_for_a_moment_is_dropped_behind_it()
    {
        foreach ((int edition, int? babelfish) in ((int, int?)[])[(AzureDatabase, null), (SqlServer, 1)])
        {
            int inUse = 0;
            using ScriptedServer server = Server(
                edition,
                babelfish,
                statement => statement.StartsWith("drop database", StringComparison.Ordinal) && inUse-- > 0
                    ? new TdsReply().Error(3702, "Cannot drop database \"x\" because it is currently in use in another session")
                    : null);
            SqlServerTestServer found = SqlServerTestServer.Look(server.ConnectionString, null);
            string name = found.CreateDatabase(readersSeeVersions: true);
            inUse = 2;
            await found.DropDatabaseAsync(name);
            server.Statements.Count(statement => statement == SqlServerTestSql.DropDatabase(name)).ShouldBe(3);
            server.Statements.ShouldNotContain(statement => statement.Contains("single_user"));
        }
    }

    [Fact]
    public void The_single_database_mode_of_Babelfish_is_named_with_what_is_needed()
    {
        int databases = 0;
        using ScriptedServer server = Server(SqlServer, babelfish: 1, statement => statement.StartsWith("create database", StringComparison.Ordinal) && ++databases == 2
            ? new TdsReply().Error(1801, "Only one user database allowed under single-db mode. User database \"tp_try_1\" already exists")
            : null);
        Message(server.ConnectionString).ShouldBe(
            "TYPEDPIPELINES_TEST_SQLSERVER must name a server and a user that can have several databases at once, on Babelfish by babelfishpg_tsql.migration_mode = 'multi-db': "
            + "Only one user database allowed under single-db mode. User database \"tp_try_1\" already exists.");
        server.Statements[^1].ShouldStartWith("drop database tp_try_", Case.Sensitive, "the one that it granted");
    }

    [Fact]
    public void A_user_who_may_not_create_databases_is_named_with_what_is_needed()
    {
        using ScriptedServer server = Server(SqlServer, null, static statement => statement.StartsWith("create database", StringComparison.Ordinal)
            ? new TdsReply().Error(262, "CREATE DATABASE permission denied in database 'master'.", 14)
            : null);
        Message(server.ConnectionString).ShouldBe(
            "TYPEDPIPELINES_TEST_SQLSERVER must name a user who may create and drop databases: CREATE DATABASE permission denied in database 'master'.");
    }

    [Fact]
    public void A_refused_user_is_named_without_the_password()
    {
        using ScriptedServer server = Server(SqlServer, null, static _ => new TdsReply().Error(18456, "Login failed for user 'loader' with s3cret.", 14));
        Message(server.ConnectionString).ShouldBe("TYPEDPIPELINES_TEST_SQLSERVER names a server that cannot be used: Login failed for user 'loader' with ***.");
    }

    [Fact]
    public void A_server_that_nobody_answers_for_is_one_line()
    {
        string connection;
        using (ScriptedServer server = Server(SqlServer))
        {
            connection = server.ConnectionString;
        }

        Message(connection.Replace("Connect Timeout=30", "Connect Timeout=1", StringComparison.Ordinal))
            .ShouldStartWith("TYPEDPIPELINES_TEST_SQLSERVER names a server that cannot be used: A network-related or instance-specific error");
    }

    [Fact]
    public void What_is_no_connection_string_is_not_repeated() =>
        Message("Server=db;Password=a;bc=s3cret").ShouldBe("TYPEDPIPELINES_TEST_SQLSERVER holds no connection string in the keywords of SqlClient.");

    [Fact]
    public void Readers_see_rows_as_they_are_where_that_is_wanted_and_the_server_has_it()
    {
        using (ScriptedServer server = Server(SqlServer))
        {
            SqlServerTestServer.Look(server.ConnectionString, "off").ReadersSeeVersions.ShouldBeFalse();
        }

        using (ScriptedServer server = Server(SqlServer, babelfish: 1))
        {
            SqlServerTestServer.Look(server.ConnectionString, "off").ReadersSeeVersions.ShouldBeTrue();
        }

        Should.Throw<UnusableServerException>(() => SqlServerTestServer.Look("Server=db", "no")).Message
            .ShouldBe("TYPEDPIPELINES_TEST_SQLSERVER_SNAPSHOT is 'no', and may be on or off.");
    }

    private static ScriptedServer Server(int edition, int? babelfish = null, Func<string, TdsReply?>? instead = null) => new(statement =>
        instead?.Invoke(statement)
        ?? (statement == SqlServerTestSql.AskKind ? new TdsReply().Rows([.. Enumerable.Repeat(("", new TdsType("int")), 2)], [[babelfish, edition]]) : new TdsReply().Done()));

    private static string Message(string connection)
    {
        UnusableServerException e = Should.Throw<UnusableServerException>(() => SqlServerTestServer.Look(connection, null));
        e.StackTrace.ShouldBeNull();
        e.Message.ShouldNotContain("s3cret");
        e.Message.ShouldNotContain('\n');
        return e.Message;
    }

    private static string Kind(string statement) => string.Join(' ', statement.Split(' ')[..2]);
}
