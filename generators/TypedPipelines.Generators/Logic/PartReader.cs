using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Reads the parts of a compilation's logic: each once, however many steps reach it.</summary>
internal sealed class PartReader(SemanticModels models, CancellationToken cancellationToken)
{
    private readonly Dictionary<ISymbol, CodePart> _parts = new(SymbolEqualityComparer.Default);
    private readonly Implementations _implementations = new(models.Compilation);
    private readonly StaticWrites _writes = new(models, cancellationToken);

    /// <summary>The part that a symbol belongs to.</summary>
    public CodePart Read(ISymbol owner)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_parts.TryGetValue(owner, out CodePart? part))
        {
            part = owner switch
            {
                IAssemblySymbol assembly => AssemblyPart.Of(assembly),
                INamedTypeSymbol type => Shape(type),
                _ => Member(owner),
            };
            _parts.Add(owner, part);
        }

        return part;
    }

    /// <summary>The symbol whose part a reference leads to: its own, its type's, or its assembly's.</summary>
    public ISymbol? OwnerOf(ISymbol symbol)
    {
        if (symbol is ITypeSymbol { TypeKind: TypeKind.Error or TypeKind.Dynamic or TypeKind.TypeParameter } || symbol.ContainingAssembly is null)
        {
            return null;
        }

        if (!SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, models.Compilation.Assembly))
        {
            return AssemblyPart.Counts(symbol.ContainingAssembly) ? symbol.ContainingAssembly : null;
        }

        return symbol switch
        {
            INamedTypeSymbol { IsAnonymousType: true } or INamedTypeSymbol { IsTupleType: true } => null,
            INamedTypeSymbol => symbol,
            IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } => null,
            IMethodSymbol { AssociatedSymbol: { } member } => OwnerOf(member),
            IMethodSymbol method => HasOwnCode(method) ? method : method.ContainingType,
            IPropertySymbol property => IsData(property) ? property.ContainingType : property,
            IEventSymbol told => told.IsStatic || HasOwnCode(told) || IsReplaceable(told) ? told : told.ContainingType,
            IFieldSymbol field => field.IsStatic && field.ContainingType.TypeKind != TypeKind.Enum && !field.IsImplicitlyDeclared ? field : field.ContainingType,
            _ => symbol.ContainingType,
        };
    }

    private CodePart Member(ISymbol member)
    {
        var references = new CodeReferences();
        references.Add(member.ContainingType);
        IEnumerable<SyntaxReference> declarations = ImplementingPart(member) is { } body ? member.DeclaringSyntaxReferences.Concat(body.DeclaringSyntaxReferences) : member.DeclaringSyntaxReferences;
        Digest digest = Code(declarations.Select(declaration => declaration.GetSyntax(cancellationToken)), references);
        if (member is IFieldSymbol or IEventSymbol)
        {
            // The declaration is that of the variable alone, without its type.
            ITypeSymbol type = member is IFieldSymbol field ? field.Type : ((IEventSymbol)member).Type;
            digest.Add(SymbolText.Key(type));
            references.Add(type);
        }

        ISymbol[] implementations = [.. _implementations.Of(member)];
        foreach (ISymbol implementation in implementations)
        {
            references.Add(implementation);
        }

        if (member.IsAbstract && implementations.Length == 0)
        {
            references.AddOpaque("has no implementation in this project");
        }

        return Part(member, digest, references) with { AssignedBy = _writes.Of(member) };
    }

    /// <summary>What a type's values are made of, and the members that anybody may call without naming them.</summary>
    private CodePart Shape(INamedTypeSymbol type)
    {
        var references = new CodeReferences();
        references.Add(type.BaseType);
        foreach (IMethodSymbol constructor in type.StaticConstructors)
        {
            references.Add(constructor);
        }

        // What derives from a class runs its constructor without naming it.
        foreach (IMethodSymbol constructor in type.BaseType?.InstanceConstructors.Where(static constructor => constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)) ?? [])
        {
            references.Add(constructor);
        }

        foreach (ISymbol called in _implementations.CalledBehindTheScenes(type))
        {
            references.Add(called);
        }

        // A pipeline's attributes say who owns it and when it runs; how its partitions are cut is a part of its own.
        bool isPipeline = type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == KnownNames.PipelineAttribute);
        if (isPipeline)
        {
            new Injected(_implementations, models.Compilation).AddTo(references, type);
        }

        return Part(type, Code(type.DeclaringSyntaxReferences.SelectMany(declaration => ShapeOf(declaration.GetSyntax(cancellationToken), isPipeline)), references), references);
    }

    private static IEnumerable<SyntaxNode> ShapeOf(SyntaxNode declaration, bool isPipeline) => declaration switch
    {
        TypeDeclarationSyntax type =>
        [
            .. isPipeline ? Enumerable.Empty<SyntaxNode>() : type.AttributeLists.SelectMany(static list => list.Attributes),
            .. new SyntaxNode?[] { type.TypeParameterList, type.ParameterList, type.BaseList }.OfType<SyntaxNode>(),
            .. type.ConstraintClauses,
            .. type.Members.Where(member => member is FieldDeclarationSyntax field ? !field.Modifiers.Any(SyntaxKind.StaticKeyword) && !field.Modifiers.Any(SyntaxKind.ConstKeyword)
                : member is PropertyDeclarationSyntax property && IsData(property)),
        ],
        _ => [declaration],
    };

    /// <summary>What a piece of a part refers to.</summary>
    public IEnumerable<ISymbol> ReferencesOf(SyntaxNode code)
    {
        var references = new CodeReferences();
        Code([code], references);
        return references.Symbols;
    }

    /// <summary>Hashes declarations in an order that does not depend on that of the files.</summary>
    private Digest Code(IEnumerable<SyntaxNode> declarations, CodeReferences references)
    {
        List<Digest> digests = [];
        foreach (SyntaxNode declaration in declarations)
        {
            SemanticModel model = models.Of(declaration.SyntaxTree);
            var text = new CodeText(model, declaration, references);
            IEnumerable<SyntaxNode> written = declaration is CompilationUnitSyntax program ? program.Members.OfType<GlobalStatementSyntax>() : [declaration];
            foreach (SyntaxNode part in written)
            {
                text.Write(part);
            }

            new BoundSymbols(model, _implementations, text, references).Write(declaration, cancellationToken);
            if (text.Texts.Count > 0)
            {
                digests.Add(text.Texts.Aggregate(new Digest(), static (digest, item) => digest.Add(item)));
            }
        }

        return digests.Count == 1
            ? digests[0]
            : digests.Select(static digest => digest.Hash()).OrderBy(static hash => hash, StringComparer.Ordinal).Aggregate(new Digest(), static (digest, hash) => digest.Add(hash));
    }

    private static CodePart Part(ISymbol symbol, Digest digest, CodeReferences references) => new(
        SymbolText.Display(symbol), SymbolText.Key(symbol), digest.Hash(), [.. references.Symbols], [.. references.Opaque]);

    private static bool HasOwnCode(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Any(static declaration => declaration.GetSyntax() is BaseMethodDeclarationSyntax or CompilationUnitSyntax)
        || method.PartialImplementationPart is not null;

    private static bool HasOwnCode(IEventSymbol told) =>
        told.DeclaringSyntaxReferences.Any(static declaration => declaration.GetSyntax() is EventDeclarationSyntax) || told.PartialImplementationPart is not null;

    /// <summary>The part of a partial member that has its code.</summary>
    private static ISymbol? ImplementingPart(ISymbol member) => member switch
    {
        IMethodSymbol method => method.PartialImplementationPart,
        IPropertySymbol property => property.PartialImplementationPart,
        IEventSymbol told => told.PartialImplementationPart,
        _ => null,
    };

    /// <summary>Whether other code may run where a member is named, though it has none itself.</summary>
    private static bool IsReplaceable(ISymbol member) =>
        !member.IsImplicitlyDeclared && (member.ContainingType.TypeKind == TypeKind.Interface || member.IsAbstract || member.IsVirtual || member.IsOverride);

    private static bool IsData(IPropertySymbol property) =>
        !property.IsStatic && !IsReplaceable(property) && property.PartialImplementationPart is null && property.DeclaringSyntaxReferences.All(static declaration => declaration.GetSyntax() is not BasePropertyDeclarationSyntax syntax || IsData(syntax));

    private static bool IsData(BasePropertyDeclarationSyntax property) =>
        property is PropertyDeclarationSyntax { ExpressionBody: null } && !property.Modifiers.Any(SyntaxKind.StaticKeyword)
        && property.AccessorList is { } accessors && accessors.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null);
}
