using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation;
using Lighthouse.Engine.Validation.Pipeline;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Tests.Validation;

public sealed class WorkspaceLocatorTests
{
    [Theory]
    [InlineData("/home/me/project", "/home/me/project")]
    [InlineData("/home/me/../me/project/.", "/home/me/project")]
    [InlineData("/w", "/w")]
    [InlineData("/", null)]
    [InlineData("/home/me", null)]
    [InlineData("/root", null)]
    [InlineData("/etc/nginx", null)]
    [InlineData("/home/me/..", null)]
    [InlineData(null, null)]
    public void Locate_NoRoots_TheDirectoryItselfUnlessTooWide(string? directory, string? root) =>
        Locate([], directory).WorkspaceRoot.ShouldBe(root);

    [Theory]
    [InlineData("/srv/code/a/src", "/srv/code/a")]
    [InlineData("/srv/code/b", "/srv/code")]
    [InlineData("/srv/code-evil/b", null)]
    [InlineData("/srv/code/../other", null)]
    public void Locate_WithRoots_TheLongestAbove(string directory, string? root) =>
        Locate(["/srv/code", "/srv/code/a"], directory).WorkspaceRoot.ShouldBe(root);

    [Fact]
    public void Locate_RootsOfTheKey_ReplaceTheConfiguredOnes()
    {
        var agent = new AgentIdentity("a", "a", "admin", "guarded", ["/w/mine"]);
        var place = Locator(["/srv"]).Locate(new DecisionRequest { WorkingDirectory = "/srv/x" }, agent);
        place.WorkspaceRoot.ShouldBeNull();
    }

    [Fact]
    public void Locate_Always_ProtectsTheDataDirectoryAndOwnAddresses()
    {
        var place = Locate([], "/home/me/project");
        place.ProtectedPaths.ShouldBe(["/var/lib/lighthouse"]);
        place.ProtectedAddresses.ShouldContain("localhost:5080");
        place.Home.ShouldBe("/home/me");
    }

    private static Lighthouse.Engine.Commands.Contracts.ActionPlace Locate(string[] roots, string? directory) =>
        Locator(roots).Locate(new DecisionRequest { WorkingDirectory = directory }, new AgentIdentity("a", "a", "admin", "guarded", []));

    private static WorkspaceLocator Locator(string[] roots)
    {
        var addresses = new OwnAddresses();
        addresses.Listen(["http://127.0.0.1:5080"]);
        return new(
            Options.Create(new WorkspaceOptions { Roots = roots }), Options.Create(new LighthouseOptions { DataDirectory = "/var/lib/lighthouse" }), addresses);
    }
}
