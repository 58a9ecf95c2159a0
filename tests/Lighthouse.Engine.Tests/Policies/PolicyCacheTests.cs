using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Support;

namespace Lighthouse.Engine.Tests.Policies;

public sealed class PolicyCacheTests
{
    [Fact]
    public async Task PolicyThatNamesAnAgent_DoesNotReachAnotherOne_ThroughMemory()
    {
        await using var host = await EngineHost.StartAsync();
        var allowed = await host.AgentAsync("one");
        var other = await host.AgentAsync("two");
        await host.ActivateAsync($"@id(\"one\") permit(principal == Agent::\"{allowed.Agent!.Id}\", action, resource) when {{ context.programs.contains(\"npm\") }};");
        (await host.DecideAsync(allowed, "npm install a")).Verdict.ShouldBe(Verdict.Allow);
        (await host.DecideAsync(allowed, "npm install a")).Tier.ShouldBe(DecisionTier.Memory);
        (await host.DecideAsync(other, "npm install a")).Verdict.ShouldBe(Verdict.Escalate);
    }

    [Fact]
    public async Task PolicyThatNamesNoAgent_LetsAgentsShareAnswers()
    {
        await using var host = await EngineHost.StartAsync();
        var (one, two) = (await host.AgentAsync("one"), await host.AgentAsync("two"));
        await host.ActivateAsync("@id(\"npm\") permit(principal, action, resource) when { context.programs.contains(\"npm\") };");
        (await host.DecideAsync(one, "npm install a")).Tier.ShouldBe(DecisionTier.Policy);
        (await host.DecideAsync(two, "npm install a")).Tier.ShouldBe(DecisionTier.Memory);
    }

    [Fact]
    public async Task TimeDependentPolicy_IsAskedEachTime_ForItsActionsOnly()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.ActivateAsync("@id(\"night\") forbid(principal, action == Action::\"shell\", resource) when { context.hour >= 22 || context.weekday == \"sunday\" };");
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Allow);
        (await host.DecideAsync(agent, "ls")).Tier.ShouldBe(DecisionTier.Policy);
        host.Clock.Advance(TimeSpan.FromHours(14));
        var late = await host.DecideAsync(agent, "ls");
        late.Verdict.ShouldBe(Verdict.Deny);
        late.Policies.ShouldBe(["night"]);
    }
}
