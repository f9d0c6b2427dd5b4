using TypedPipelines;

// A program as somebody would operate it, in a process of its own: with checks, alerts where the environment says, a schedule, and a run book.
var app = PipelineApp.Create(args);
app.AddPipelines();
app.UseSqlite("Data Source=tickets.db");
app.UsePostgreSql("Host=127.0.0.1;Database=tickets");
app.UseAlerts();
app.UseSchedules();
return await app.RunAsync();
