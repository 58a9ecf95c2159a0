using Mono.Cecil;

namespace Lighthouse.Architecture.Tests;

/// <summary>Web → Engine → Contracts, never back.</summary>
public sealed class ProjectDirectionTests
{
    [Theory]
    [InlineData("Lighthouse.Contracts", "")]
    [InlineData("Lighthouse.Engine", "Lighthouse.Contracts")]
    [InlineData("Lighthouse.Client", "Lighthouse.Contracts")]
    [InlineData("lighthouse", "Lighthouse.Contracts Lighthouse.Client Lighthouse.Engine")]
    [InlineData("Lighthouse.Web", "Lighthouse.Contracts Lighthouse.Client Lighthouse.Engine")]
    public void Project_ReferencesOnlyWhatLiesBelowIt(string project, string allowed)
    {
        var module = Product.All.Single(one => one.Assembly.Name.Name == project);

        Own(module).Except(allowed.Split(' ')).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Lighthouse.Contracts")]
    [InlineData("Lighthouse.Engine")]
    public void ProductWithoutAScreen_KnowsNoComponentHubOrWebType(string project)
    {
        var module = Product.All.Single(one => one.Assembly.Name.Name == project);

        module.AssemblyReferences.Select(static one => one.Name)
            .Where(static name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name is "MudBlazor")
            .ShouldBeEmpty();
    }

    [Fact]
    public void OwnServer_IsNotCalledFromItsComponents()
    {
        // A component re-reads contracts on a signal; only the demo's virtual agents connect from inside, as agents do. The message
        // format is shared with the client, so that both ends speak one dialect.
        Product.TopLevelTypes(Product.Web)
            .Where(static type => !type.Namespace.StartsWith("Lighthouse.Web.Features.Demo", StringComparison.Ordinal))
            .Where(static type => TypeUses.Of(type).Any(static used => TypeUses.NamespaceOf(used) is "Microsoft.AspNetCore.SignalR.Client" or "Lighthouse.Client" && used.Name != "MessagePackDialect"))
            .Select(static type => type.FullName)
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Own(ModuleDefinition module) =>
        module.AssemblyReferences.Select(static one => one.Name).Where(static name => name.StartsWith("Lighthouse", StringComparison.OrdinalIgnoreCase));
}
