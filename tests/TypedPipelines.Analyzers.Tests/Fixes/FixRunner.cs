using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.Analyzers.Tests.Fixes;

/// <summary>Applies fixes the way an IDE does, and proves that what comes out compiles and has nothing wrong any more.</summary>
internal static class FixRunner
{
    /// <summary>Applies the fix of the first diagnostic that it offers one for; null where it offers none.</summary>
    public static async Task<string?> FixAsync(CodeFixProvider fix, string code)
    {
        Document document = Open(code);
        foreach (Diagnostic diagnostic in await FixableAsync(fix, document))
        {
            if (await ActionAsync(fix, document, diagnostic) is { } action)
            {
                return await ApplyAsync(document, action);
            }
        }

        return null;
    }

    /// <summary>All fixes that are offered for the first diagnostic, by their titles, with what comes of each.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfferedAsync(CodeFixProvider fix, string code)
    {
        Document document = Open(code);
        var actions = new List<CodeAction>();
        Diagnostic first = (await FixableAsync(fix, document))[0];
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, first, (action, _) => actions.Add(action), CancellationToken.None));
        var texts = new Dictionary<string, string>();
        foreach (CodeAction action in actions)
        {
            texts.Add(action.Title, await ApplyAsync(document, action));
        }

        return texts;
    }

    /// <summary>Applies "fix all in document", and requires that nothing is left for any rule to say.</summary>
    public static async Task<string> FixAllAsync(CodeFixProvider fix, string code)
    {
        Document document = Open(code);
        ImmutableArray<Diagnostic> diagnostics = await FixableAsync(fix, document);
        CodeAction first = (await ActionAsync(fix, document, diagnostics[0])).ShouldNotBeNull();
        CodeAction all = (await fix.GetFixAllProvider()!.GetFixAsync(new FixAllContext(
            document, fix, FixAllScope.Document, first.EquivalenceKey!, fix.FixableDiagnosticIds, new Known(diagnostics), CancellationToken.None))).ShouldNotBeNull();
        string text = await ApplyAsync(document, all);
        await ShouldBeCleanAsync(text);
        return text;
    }

    public static async Task ShouldBeCleanAsync(string code)
    {
        var compilation = Analysis.Compile(code);
        Analysis.ShouldCompile(compilation);
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).ShouldBeEmpty();
    }

    private static Document Open(string code)
    {
        var workspace = new AdhocWorkspace();
        ProjectId project = ProjectId.CreateNewId();
        workspace.AddProject(ProjectInfo.Create(
            project, VersionStamp.Create(), "Pipelines", "Pipelines", LanguageNames.CSharp, metadataReferences: Analysis.References,
            compilationOptions: Analysis.CompilationOptions, parseOptions: Analysis.ParseOptions));
        workspace.AddDocument(project, "Usings.cs", SourceText.From(Analysis.Usings));
        return workspace.AddDocument(project, "Code.cs", SourceText.From(code));
    }

    private static async Task<ImmutableArray<Diagnostic>> FixableAsync(CodeFixProvider fix, Document document)
    {
        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync((await document.Project.GetCompilationAsync())!, Analysis.AllAnalyzers);
        ImmutableArray<Diagnostic> fixable = [.. found.Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id))];
        fixable.ShouldNotBeEmpty();
        return fixable;
    }

    private static async Task<CodeAction?> ActionAsync(CodeFixProvider fix, Document document, Diagnostic diagnostic)
    {
        CodeAction? offered = null;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered ??= action, CancellationToken.None));
        return offered;
    }

    private static async Task<string> ApplyAsync(Document document, CodeAction action)
    {
        ApplyChangesOperation change = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
