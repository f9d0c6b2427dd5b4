using Earthquakes;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines;

using var feed = LocalFeed.Start("data/earthquakes.jsonl");   // in the place of a service on the internet

var app = PipelineApp.Create(args);
app.Services.AddSingleton(new HttpClient { BaseAddress = feed.Address });
app.AddPipelines();
app.UseSqlite("Data Source=earthquakes.db");
return await app.RunAsync();
