using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>A compilation's semantic models, of each file one: what binds a method's code for one reader has bound it for the next.</summary>
internal sealed class SemanticModels(Microsoft.CodeAnalysis.Compilation compilation)
{
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];

    public Microsoft.CodeAnalysis.Compilation Compilation => compilation;

    public SemanticModel Of(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out SemanticModel? model))
        {
            model = compilation.GetSemanticModel(tree);
            _models.Add(tree, model);
        }

        return model;
    }
}
