using System.Reflection;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Policies;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Tests.Pipeline;

public sealed class ScopeTests
{
    private static readonly AgentIdentity Agent = new("a", "a", "admin", "guarded", []);
    private static readonly ActionPlace Place = new("/home/me/project", "/home/me/project", "/home/me", ["/var/lib/lighthouse"], ["localhost:5080"]);

    [Fact]
    public async Task EveryMemberOfThePlace_IsInTheKey()
    {
        // What the analysis is told beside the request has to tell keys apart; who adds a member to the place has to come here.
        await using var host = await EngineHost.StartAsync();
        var scopes = host.Get<Scopes>();
        foreach (var member in typeof(ActionPlace).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var other = member.Name switch
            {
                // Follows from the request alone, whose directory is in the key as it arrived.
                nameof(ActionPlace.WorkingDirectory) => null,
                // Found out on the way through the command; no request begins with any.
                nameof(ActionPlace.PossibleDirectories) => null,
                nameof(ActionPlace.WorkspaceRoot) => Place with { WorkspaceRoot = "/home/me" },
                nameof(ActionPlace.Home) => Place with { Home = "/root" },
                nameof(ActionPlace.ProtectedPaths) => Place with { ProtectedPaths = ["/var/lib/other"] },
                nameof(ActionPlace.ProtectedAddresses) => Place with { ProtectedAddresses = ["localhost:5081"] },
                _ => throw new InvalidOperationException($"{member.Name} is not in the key of a remembered verdict."),
            };
            if (other is not null)
            {
                scopes.Of(Agent, Place).Scope.Equals(scopes.Of(Agent, other).Scope).ShouldBeFalse(member.Name);
            }
        }

        scopes.Of(Agent, Place).Scope.Equals(scopes.Of(Agent, Place with { ProtectedPaths = [.. Place.ProtectedPaths] }).Scope).ShouldBeTrue();
    }

    [Fact]
    public async Task SamePlace_GetsTheSameObject()
    {
        // A look-up compares references: nothing of the digests is worked out at a request.
        await using var host = await EngineHost.StartAsync();
        var (scopes, workspaces) = (host.Get<Scopes>(), host.Get<WorkspaceLocator>());
        var request = new DecisionRequest { Tool = "Bash", WorkingDirectory = "/home/me/project" };
        scopes.Of(Agent, workspaces.Locate(request, Agent)).Scope.ShouldBeSameAs(scopes.Of(Agent, workspaces.Locate(request, Agent)).Scope);
    }

    [Fact]
    public async Task TextOfThePolicySet_IsInTheKey()
    {
        await using var host = await EngineHost.StartAsync();
        await using var other = await EngineHost.StartAsync();
        await host.ActivateAsync("permit(principal, action, resource) when { context.risk == 1 };");
        await other.ActivateAsync("permit(principal, action, resource) when { context.risk == 2 };");
        var (one, two) = (host.Get<Scopes>().Of(Agent, Place).Scope, other.Get<Scopes>().Of(Agent, Place).Scope);
        host.Get<IEpochs>().Stamp.ShouldBe(other.Get<IEpochs>().Stamp);
        one.Equals(two).ShouldBeFalse();
    }
}
