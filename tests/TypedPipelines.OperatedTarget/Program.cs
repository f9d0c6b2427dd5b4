using TypedPipelines;

// A program as somebody would operate it, in a process of its own: with checks, alerts where the environment says, and a run book.
var app = PipelineApp.Create(args);
app.AddPipelines();
app.UseSqlite("Data Source=tickets.db");
app.UseAlerts();
return await app.RunAsync();
