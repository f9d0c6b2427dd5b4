using TypedPipelines;

var app = PipelineApp.Create(args);
app.AddPipelines();     // every [Pipeline] of this project, found at compile time
#if (sqlite)
app.UseSqlite();        // which database, appsettings.json says
#elif (postgresql)
app.UsePostgreSql();    // which database, appsettings.json says; with a password: the environment variable TYPEDPIPELINES__CONNECTION
#else
app.UseSqlServer();     // which database, appsettings.json says; with a password: the environment variable TYPEDPIPELINES__CONNECTION
#endif
return await app.RunAsync();
