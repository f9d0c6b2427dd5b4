using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Reflection;

namespace TypedPipelines.Queries;

/// <summary>
/// How objects of a row type are made: by its public constructor with the most parameters, and the setters of the members that this one does
/// not take. (Dapper's own reading of rows would put zero where a database has null, and wants a record's parameters in the order and of the
/// very types of the columns.)
/// </summary>
internal sealed class RowShape<TRow>
{
    private static RowShape<TRow>? _known;

    private RowShape(IReadOnlyList<RowSlot> slots, Func<object?[], TRow> create)
    {
        Slots = slots;
        Create = create;
    }

    /// <summary>The members, in the order in which <see cref="Create"/> takes their values.</summary>
    internal IReadOnlyList<RowSlot> Slots { get; }

    internal Func<object?[], TRow> Create { get; }

    internal static RowShape<TRow> Get(string source) => _known ??= Make(source);

    private static RowShape<TRow> Make(string source)
    {
        var nullability = new NullabilityInfoContext();
        PropertyInfo[] properties = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        ConstructorInfo? constructor = typeof(TRow).GetConstructors().MaxBy(candidate => candidate.GetParameters().Length);
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        if ((constructor is null && !typeof(TRow).IsValueType) || typeof(TRow).IsAbstract)
        {
            throw new PipelineException(
                FailureKind.Source, $"source {source} reads {typeof(TRow).Name}, which has no public constructor", "Make the row type a record, or a class with a public constructor.");
        }

        var slots = new List<RowSlot>();
        ParameterExpression values = Expression.Parameter(typeof(object?[]));
        var arguments = new List<Expression>();
        foreach (ParameterInfo parameter in parameters)
        {
            PropertyInfo? property = properties.FirstOrDefault(candidate => candidate.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase) && candidate.PropertyType == parameter.ParameterType);
            arguments.Add(Value(parameter.ParameterType));
            slots.Add(new RowSlot(
                property?.Name ?? parameter.Name!,
                property?.GetCustomAttribute<ColumnAttribute>()?.Name ?? property?.Name ?? parameter.Name!,
                parameter.ParameterType,
                AdmitsNull(parameter.ParameterType, nullability.Create(parameter).WriteState),
                parameter.HasDefaultValue,
                parameter.HasDefaultValue ? parameter.DefaultValue ?? Zero(parameter.ParameterType) : null));
        }

        var bindings = new List<MemberBinding>();
        foreach (PropertyInfo property in properties.Where(property => property.SetMethod is { IsPublic: true }
            && property.GetIndexParameters().Length == 0
            && property.GetCustomAttribute<NotMappedAttribute>() is null
            && !parameters.Any(parameter => property.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase))))
        {
            bindings.Add(Expression.Bind(property, Value(property.PropertyType)));
            slots.Add(new RowSlot(
                property.Name,
                property.GetCustomAttribute<ColumnAttribute>()?.Name ?? property.Name,
                property.PropertyType,
                AdmitsNull(property.PropertyType, nullability.Create(property).WriteState),
                Optional: false,
                null));
        }

        NewExpression made = constructor is null ? Expression.New(typeof(TRow)) : Expression.New(constructor, arguments);
        return new RowShape<TRow>(slots, Expression.Lambda<Func<object?[], TRow>>(Expression.MemberInit(made, bindings), values).Compile());

        Expression Value(Type type) => Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(slots.Count)), type);
    }

    private static bool AdmitsNull(Type type, NullabilityState state) =>
        type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : state != NullabilityState.NotNull;

    private static object? Zero(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
}
