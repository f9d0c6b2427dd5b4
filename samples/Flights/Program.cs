using TypedPipelines;

var app = PipelineApp.Create(args);
app.AddPipelines();                        // every [Pipeline] of this project, found at compile time
app.UseSqlite("Data Source=flights.db");   // unless configuration or --destination says otherwise
return await app.RunAsync();
