using Mono.Cecil;

namespace Lighthouse.Architecture.Tests;

/// <summary>What the engine shows: contracts, options, AddXxx, and the platform's few words.</summary>
public sealed class VisibilityTests
{
    [Fact]
    public void EngineType_OutsideContracts_IsInternal() =>
        Product.TopLevelTypes(Product.Engine)
            .Where(static type => type.IsPublic && !MayBePublic(type))
            .Select(static type => type.FullName)
            .ShouldBeEmpty();

    [Fact]
    public void ClientType_NotMeantForUsers_IsInternal() =>
        Product.TopLevelTypes(Product.Client).Where(static type => type.IsPublic).Select(static type => type.Name)
            .ShouldBe(["AgentConnection", "LighthouseClient", "MessagePackDialect"], ignoreOrder: true);

    [Fact]
    public void ConcreteClass_WithoutHeirs_IsSealed() =>
        Product.TopLevelTypes(Product.Engine).Concat(Product.TopLevelTypes(Product.Client))
            .Where(static type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Where(static type => !Product.All.SelectMany(static module => module.Types).Any(one => one.BaseType?.FullName == type.FullName))
            .Select(static type => type.FullName)
            .ShouldBeEmpty();

    private static bool MayBePublic(TypeDefinition type) =>
        type.Namespace.Split('.').Contains("Contracts")
        || type.Namespace == "Lighthouse.Engine.Platform"
        || type.Name.EndsWith("Options", StringComparison.Ordinal)
        || type.Name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal);
}
