using Mono.Cecil;

namespace Lighthouse.Architecture.Tests;

/// <summary>Every type that a type's declaration and code mention, nested types included.</summary>
internal static class TypeUses
{
    public static IReadOnlySet<TypeReference> Of(TypeDefinition type)
    {
        var found = new Dictionary<string, TypeReference>(StringComparer.Ordinal);
        Visit(type, found);
        return found.Values.ToHashSet();
    }

    /// <summary>The namespace of the outermost type; a nested type reference has none of its own.</summary>
    public static string NamespaceOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace;
    }

    private static void Visit(TypeDefinition type, Dictionary<string, TypeReference> found)
    {
        Add(type.BaseType, found);
        foreach (var one in type.Interfaces)
        {
            Add(one.InterfaceType, found);
        }

        Attributes(type, found);
        foreach (var field in type.Fields)
        {
            Add(field.FieldType, found);
            Attributes(field, found);
        }

        foreach (var property in type.Properties)
        {
            Attributes(property, found);
        }

        foreach (var method in type.Methods)
        {
            Visit(method, found);
        }

        foreach (var nested in type.NestedTypes)
        {
            Visit(nested, found);
        }
    }

    private static void Visit(MethodDefinition method, Dictionary<string, TypeReference> found)
    {
        Add(method.ReturnType, found);
        Attributes(method, found);
        foreach (var parameter in method.Parameters)
        {
            Add(parameter.ParameterType, found);
        }

        foreach (var generic in method.GenericParameters)
        {
            foreach (var constraint in generic.Constraints)
            {
                Add(constraint.ConstraintType, found);
            }
        }

        if (!method.HasBody)
        {
            return;
        }

        foreach (var variable in method.Body.Variables)
        {
            Add(variable.VariableType, found);
        }

        foreach (var instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    Add(type, found);
                    break;
                case FieldReference field:
                    Add(field.DeclaringType, found);
                    Add(field.FieldType, found);
                    break;
                case MethodReference call:
                    Add(call.DeclaringType, found);
                    Add(call.ReturnType, found);
                    if (call is GenericInstanceMethod generic)
                    {
                        foreach (var argument in generic.GenericArguments)
                        {
                            Add(argument, found);
                        }
                    }

                    break;
            }
        }
    }

    private static void Attributes(ICustomAttributeProvider provider, Dictionary<string, TypeReference> found)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            Add(attribute.AttributeType, found);
        }
    }

    private static void Add(TypeReference? type, Dictionary<string, TypeReference> found)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (var argument in generic.GenericArguments)
                {
                    Add(argument, found);
                }

                Add(generic.ElementType, found);
                return;
            case TypeSpecification wrapped:
                Add(wrapped.ElementType, found);
                return;
            default:
                found.TryAdd(type.FullName, type);
                return;
        }
    }
}
