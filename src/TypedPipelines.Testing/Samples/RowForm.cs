using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace TypedPipelines.Testing;

/// <summary>How rows of a type are made: by its widest constructor, and by what can be set beside it.</summary>
internal sealed class RowForm
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly Type _type;
    private readonly ConstructorInfo? _constructor;
    private readonly List<PropertyInfo> _set = [];

    private RowForm(Type type)
    {
        _type = type;
        _constructor = type.GetConstructors()
            .Where(constructor => !(constructor.GetParameters() is [{ } only] && only.ParameterType == type))
            .MaxBy(constructor => constructor.GetParameters().Length);
        if (_constructor is null && !type.IsValueType)
        {
            throw new PipelineAssertionException($"Rows of type {TypeNames.Of(type)} cannot be made up: it has no public constructor. Give rows of your own.");
        }

        ParameterInfo[] parameters = _constructor?.GetParameters() ?? [];
        PropertyInfo[] properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var members = new List<RowMember>();
        foreach (ParameterInfo parameter in parameters)
        {
            PropertyInfo? property = properties.FirstOrDefault(each => string.Equals(each.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            members.Add(parameter.HasDefaultValue
                ? new RowMember(parameter.Name!, parameter.ParameterType) { Default = parameter.DefaultValue, KeepsDefault = true }
                : MemberOf(parameter.Name!, parameter.ParameterType, IsNullable(parameter), [.. parameter.GetCustomAttributes(), .. property?.GetCustomAttributes() ?? []]));
        }

        foreach (PropertyInfo property in properties)
        {
            if (property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
                && !parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)))
            {
                _set.Add(property);
                members.Add(MemberOf(property.Name, property.PropertyType, IsNullable(property), [.. property.GetCustomAttributes()]));
            }
        }

        Members = members;
    }

    /// <summary>The members that a row is made of.</summary>
    internal IReadOnlyList<RowMember> Members { get; }

    /// <summary>The type, for people.</summary>
    internal string Name => TypeNames.Of(_type);

    internal static RowForm Of(Type type) => new(type);

    /// <summary>Makes a row.</summary>
    /// <param name="values">The values of its members, in their order.</param>
    internal object Make(object?[] values)
    {
        int parameters = _constructor?.GetParameters().Length ?? 0;
        object row;
        try
        {
            row = _constructor is null ? Activator.CreateInstance(_type)! : _constructor.Invoke(values[..parameters]);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } refused)
        {
            throw new PipelineAssertionException($"Rows of type {Name} cannot be made up: its constructor refuses values. {refused.Message} Give rows of your own.", refused);
        }

        for (int i = 0; i < _set.Count; i++)
        {
            _set[i].SetValue(row, values[parameters + i]);
        }

        return row;
    }

    private static RowMember MemberOf(string name, Type type, bool nullable, Attribute[] attributes) => new(name, Nullable.GetUnderlyingType(type) ?? type)
    {
        IsNullable = (nullable || Nullable.GetUnderlyingType(type) is not null) && !attributes.Any(attribute => attribute is RequiredAttribute or KeyAttribute),
        IsKey = attributes.OfType<KeyAttribute>().Any(),
        MaxLength = attributes.OfType<MaxLengthAttribute>().FirstOrDefault()?.Length ?? attributes.OfType<StringLengthAttribute>().FirstOrDefault()?.MaximumLength,
        Precision = attributes.OfType<PrecisionAttribute>().FirstOrDefault(),
        Range = attributes.OfType<RangeAttribute>().FirstOrDefault(),
        Allowed = attributes.OfType<AllowedValuesAttribute>().FirstOrDefault()?.Values,
    };

    private static bool IsNullable(ParameterInfo parameter)
    {
        lock (Nullability)
        {
            return Nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        }
    }

    private static bool IsNullable(PropertyInfo property)
    {
        lock (Nullability)
        {
            return Nullability.Create(property).WriteState == NullabilityState.Nullable;
        }
    }
}
