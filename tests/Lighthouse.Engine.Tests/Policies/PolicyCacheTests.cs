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

    [Fact]
    public async Task RequestId_DoesNotOutliveTheHour()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.ActivateAsync("@id(\"night\") forbid(principal, action == Action::\"shell\", resource) when { context.hour >= 22 };");
        var first = await host.DecideAsync(agent, "ls", "r-1");
        first.Verdict.ShouldBe(Verdict.Allow);
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        (await host.DecideAsync(agent, "ls", "r-1")).Id.ShouldBe(first.Id, "a reply may have been lost");
        host.Clock.Advance(TimeSpan.FromHours(14));
        (await host.DecideAsync(agent, "ls", "r-1")).Verdict.ShouldBe(Verdict.Deny);
    }

    [Fact]
    public async Task RequestId_DoesNotOutliveAChangeOfThePolicies()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        (await host.DecideAsync(agent, "ls", "r-1")).Verdict.ShouldBe(Verdict.Allow);
        await host.ActivateAsync("@id(\"no\") forbid(principal, action, resource) when { context.programs.contains(\"ls\") };");
        (await host.DecideAsync(agent, "ls", "r-1")).Verdict.ShouldBe(Verdict.Deny);
        // A deny is a deny: the same id repeats it for a day.
        var denied = await host.DecideAsync(agent, "ls", "r-2");
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await host.DecideAsync(agent, "ls", "r-2")).Id.ShouldBe(denied.Id);
    }

    [Fact]
    public async Task Restart_IsNoChangeOfThePolicies()
    {
        // Each start announced a change, and all nodes forgot what they had.
        var directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        await using (var before = await EngineHost.StartAsync(directory))
        {
            var stamp = before.Get<Lighthouse.Engine.Validation.Contracts.IEpochs>().Stamp;
            await before.ActivateAsync("@id(\"no\") forbid(principal, action, resource) when { context.programs.contains(\"ls\") };");
            before.Get<Lighthouse.Engine.Validation.Contracts.IEpochs>().Stamp.ShouldNotBe(stamp);
        }

        await using (var after = await EngineHost.StartAsync(directory))
        {
            after.Policies().ActiveVersion.ShouldBe(1);
            after.Get<Lighthouse.Engine.Validation.Contracts.ISpeedLayer>().Coherence().Recent.ShouldBeEmpty();
        }

        Directory.Delete(directory, recursive: true);
    }
}
