using System.Reflection;
using TypedPipelines.Running;

namespace TypedPipelines.Testing;

/// <summary>Rows made up for what a pipeline reads, such that it loads some of them.</summary>
internal static class MadeUp
{
    private const int Rows = 12;

    /// <summary>First rows of which several have the same values, as those of a group do; then such that no two have, for keys that the rows' type does not tell of.</summary>
    private static readonly SampleOptions[] Ways = [new(), new() { Seed = 2 }, new() { Distinct = true }];

    private static readonly MethodInfo Source = typeof(MadeUp).GetMethod(nameof(GiveSource), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo Table = typeof(MadeUp).GetMethod(nameof(GiveTable), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Gives a test the rows.</summary>
    internal static async Task<Action<PipelineTest>> FindAsync(
        Type pipelineClass, PipelineDescriptor pipeline, string[] keys, Func<Action<PipelineTest>, PipelineTest> test, Func<string, PipelineAssertionException> inconclusive)
    {
        (string Name, Type Row)[] sources = [.. pipeline.Nodes.Where(node => node.Kind == NodeKind.Source)
            .Select(node => (node.Name, RowOf(pipelineClass, node) ?? throw inconclusive($"rows of type {node.Row} cannot be made up for its source {node.Name}")))];
        string reason = "";
        foreach (SampleOptions way in Ways)
        {
            void Give(PipelineTest given)
            {
                foreach ((string name, Type row) in sources)
                {
                    Source.MakeGenericMethod(row).Invoke(null, [given, pipeline.Name, name, way]);
                }

                foreach (TableContract table in pipeline.Reads)
                {
                    Table.MakeGenericMethod(table.RowType).Invoke(null, [given, way, (Partition?[])[.. keys.Select(pipeline.Partitions.TryParse).DefaultIfEmpty(null)]]);
                }
            }

            if (await TryAsync(keys, () => test(Give)).ConfigureAwait(false) is not { } failure)
            {
                return Give;
            }

            reason = failure;
        }

        throw inconclusive(reason);
    }

    /// <returns>Why nothing was loaded; null where something was.</returns>
    private static async Task<string?> TryAsync(string[] keys, Func<PipelineTest> begin)
    {
        try
        {
            PipelineTest test = begin();
            await using (test.ConfigureAwait(false))
            {
                long loaded = 0;
                foreach (string? key in keys.Cast<string?>().DefaultIfEmpty(null))
                {
                    loaded += (await test.RunAsync(key).ConfigureAwait(false)).Counts.Loaded;
                }

                return loaded > 0 ? null : "of the rows made up for it, it loads none";
            }
        }
        catch (Exception e) when (e is PipelineAssertionException or InvalidOperationException or TargetInvocationException)
        {
            // What a service provider says of a service that it has none of, too.
            return $"rows made up for it do not load. {(e.InnerException is PipelineAssertionException inner ? inner : e).Message.TrimEnd('.')}";
        }
    }

    private static void GiveSource<TRow>(PipelineTest test, string pipeline, string source, SampleOptions way) =>
        test.GiveSource(pipeline, source, partition => Sample.Of<TRow>(Rows, way with { Within = partition }));

    private static void GiveTable<TRow>(PipelineTest test, SampleOptions way, Partition?[] windows)
    {
        var maker = new SampleMaker(RowForm.Of(typeof(TRow)), way);
        test.GivenTable(windows.SelectMany(window => maker.Make(Rows / windows.Length, window)).Cast<TRow>());
    }

    /// <summary>What a source's method gives: the one type that its sequence, or its declaration of a file, a query or a page, is of.</summary>
    private static Type? RowOf(Type pipelineClass, NodeDescriptor source)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        foreach (MethodInfo method in pipelineClass.GetMethods(All).Where(method => method.Name == source.Name))
        {
            Type returned = method.ReturnType;
            Type[] rows = [.. returned.GetInterfaces().Prepend(returned)
                .Where(type => type.IsGenericType)
                .SelectMany(type => type.GenericTypeArguments)
                .Where(type => TypeNames.Of(type) == source.Row)
                .Distinct()];
            if (rows.Length == 1)
            {
                return rows[0];
            }
        }

        return null;
    }
}
