using TypedPipelines;

// `dotnet run --project samples/Takings -- serve` loads what has been missed, then each day at the time of its schedule, until Ctrl-C or SIGTERM.
var app = PipelineApp.Create(args);
app.AddPipelines();
app.UseSqlite("Data Source=takings.db");
app.UseSchedules();   // the package TypedPipelines.Scheduling, on Quartz.NET
app.UseAlerts();      // to whom the environment says: TYPEDPIPELINES_ALERTS_WEBHOOK and the like
return await app.RunAsync();
