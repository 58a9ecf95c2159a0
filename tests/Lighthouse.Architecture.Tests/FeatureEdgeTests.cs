using Mono.Cecil;

namespace Lighthouse.Architecture.Tests;

/// <summary>Feature → feature only along the table in docs/architecture.md, which has no cycle.</summary>
public sealed class FeatureEdgeTests
{
    private const string Engine = "Lighthouse.Engine";
    private const string Tiers = "Lighthouse.Engine.Validation.Tiers";

    [Fact]
    public void Table_NamesEveryFeatureOfTheEngine() =>
        Product.TopLevelTypes(Product.Engine).Select(FeatureOf).OfType<string>().Distinct().Except(FeatureTable.Edges.Keys).ShouldBeEmpty();

    [Fact]
    public void Table_HasNoCycle()
    {
        var left = FeatureTable.Edges.ToDictionary(static one => one.Key, static one => one.Value.ToHashSet());
        while (left.FirstOrDefault(one => !one.Value.Overlaps(left.Keys)) is { Key: not null } free)
        {
            left.Remove(free.Key);
        }

        left.Keys.ShouldBeEmpty("each of these reaches itself again");
    }

    [Fact]
    public void Feature_UsesOnlyFeaturesOfItsRow() =>
        CrossFeatureUses()
            .Where(static use => !FeatureTable.Edges.GetValueOrDefault(use.From, new HashSet<string>()).Contains(use.To))
            .Select(static use => $"{use.From} → {use.To}: {use.User.FullName} uses {use.Used.FullName}")
            .ShouldBeEmpty();

    [Fact]
    public void Feature_UsesOfOthersOnlyTheirContracts() =>
        CrossFeatureUses()
            .Where(static use => use.To is not "Platform" && !Segments(use.Used).Contains("Contracts"))
            .Where(static use => !use.Used.Name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal))
            .Select(static use => $"{use.User.FullName} uses {use.Used.FullName}")
            .ShouldBeEmpty();

    [Fact]
    public void Tier_DoesNotKnowAnotherTier() =>
        Product.TopLevelTypes(Product.Engine)
            .Where(static type => TierOf(type.Namespace) is not null)
            .SelectMany(static type => TypeUses.Of(type)
                .Where(used => TierOf(TypeUses.NamespaceOf(used)) is { } other && other != TierOf(type.Namespace))
                .Select(used => $"{type.FullName} uses {used.FullName}"))
            .ShouldBeEmpty();

    private static IEnumerable<(string From, string To, TypeDefinition User, TypeReference Used)> CrossFeatureUses() =>
        from type in Product.TopLevelTypes(Product.Engine)
        let feature = FeatureOf(type)
        where feature is not null
        from used in TypeUses.Of(type)
        let other = FeatureOf(used)
        where other is not null && other != feature
        select (feature, other, type, used);

    /// <summary>The feature's folder; null for what stands above the features or outside the engine.</summary>
    private static string? FeatureOf(TypeReference type)
    {
        var parts = Segments(type);
        return parts.Length > 2 && string.Join('.', parts[..2]) == Engine ? parts[2] : null;
    }

    private static string? TierOf(string ns)
    {
        return ns.StartsWith(Tiers + ".", StringComparison.Ordinal) ? ns[(Tiers.Length + 1)..].Split('.')[0] : null;
    }

    private static string[] Segments(TypeReference type) => TypeUses.NamespaceOf(type).Split('.');
}
