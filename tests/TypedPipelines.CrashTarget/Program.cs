using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines;
using TypedPipelines.CrashTarget;

// The flights sample and two large loads, in a program which kills itself with SIGKILL just before the n-th SQL statement where
// CRASH_AT_STATEMENT says n, and writes how many statements there were to the file that CRASH_COUNT_FILE names; or which says each
// statement where CRASH_TELL is set, so that others know when to kill it. --destination and --connection say where to load.
var app = PipelineApp.Create(args);
app.AddPipelines();
app.UseSqlite("Data Source=flights.db");
app.UsePostgreSql();
app.UseSqlServer();
app.Services.AddSingleton<ILoggerProvider, KillingLoggerProvider>();
app.Logging.AddFilter<KillingLoggerProvider>("TypedPipelines.Sqlite", LogLevel.Debug);
app.Logging.AddFilter<KillingLoggerProvider>("TypedPipelines.PostgreSql", LogLevel.Debug);
app.Logging.AddFilter<KillingLoggerProvider>("TypedPipelines.SqlServer", LogLevel.Debug);
return await app.RunAsync();
