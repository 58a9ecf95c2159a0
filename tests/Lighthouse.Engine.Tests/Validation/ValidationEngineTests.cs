using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Validation;

public sealed class ValidationEngineTests
{
    [Theory]
    [InlineData("ls -la", Verdict.Allow)]
    [InlineData("git status", Verdict.Allow)]
    [InlineData("rm -rf /", Verdict.Deny)]
    [InlineData("rm -rf ~/", Verdict.Deny)]
    [InlineData("sudo systemctl restart nginx", Verdict.Escalate)]
    [InlineData("frobnicate --all", Verdict.Escalate)]
    [InlineData("ls 'unterminated", Verdict.Escalate)]
    public async Task Decide_EachKind_GetsItsVerdictAndIsRecorded(string command, Verdict verdict)
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var decision = await host.DecideAsync(agent, command);
        decision.Verdict.ShouldBe(verdict);
        var recorded = (await host.Get<IDecisionLog>().FindAsync(decision.Id, CancellationToken.None)).ShouldNotBeNull();
        recorded.Verdict.ShouldBe(verdict);
        recorded.Agent.Id.ShouldBe(agent.Agent!.Id);
        recorded.TierTimings.Select(t => t.Tier).ShouldBe(verdict == Verdict.Escalate ? ["memory", "policy", "pattern"] : ["memory", "policy"]);
    }

    [Fact]
    public async Task Decide_SecondTime_ComesFromMemoryWithAnIdOfItsOwn()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var first = await host.DecideAsync(agent, "cat notes.txt");
        var second = await host.DecideAsync(agent, "cat notes.txt");
        first.Tier.ShouldBe(DecisionTier.Policy);
        second.Tier.ShouldBe(DecisionTier.Memory);
        second.Id.ShouldNotBe(first.Id);
        (await host.Get<IDecisionLog>().FindAsync(second.Id, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Decide_SameLengthOtherCommand_IsNotAnsweredFromMemory()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.DecideAsync(agent, "cat notes.txt");
        (await host.DecideAsync(agent, "cat other.txt")).Tier.ShouldBe(DecisionTier.Policy);
    }

    [Fact]
    public async Task Decide_Escalation_IsNeverCached()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var first = await host.DecideAsync(agent, "frobnicate --all");
        var second = await host.DecideAsync(agent, "frobnicate --all");
        second.Tier.ShouldBe(DecisionTier.Policy);
        second.EscalationId.ShouldBe(first.EscalationId);
    }

    [Fact]
    public async Task Decide_ThousandIdenticalAtOnce_OpenOneEscalationAndGetThousandIds()
    {
        await using var host = await EngineHost.StartAsync(configure: EngineSettings.NoLimits);
        var agent = await host.AgentAsync();
        var decisions = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => host.DecideAsync(agent, "frobnicate --all")));
        decisions.Select(d => d.Id).Distinct().Count().ShouldBe(1_000);
        decisions.Select(d => d.EscalationId).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        host.Inbox.OpenCount.ShouldBe(1);
    }

    [Fact]
    public async Task Decide_SameRequestIdAndBody_IsTheSameDecision()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var first = await host.DecideAsync(agent, "cat notes.txt", "r-1");
        var second = await host.DecideAsync(agent, "cat notes.txt", "r-1");
        second.Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Decide_SameRequestIdConcurrently_IsOneDecision()
    {
        await using var host = await EngineHost.StartAsync(configure: EngineSettings.NoLimits);
        var agent = await host.AgentAsync();
        var decisions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => host.DecideAsync(agent, "frobnicate --all", "r-1"))));
        decisions.Select(d => d.Id).Distinct().ShouldHaveSingleItem();
        var recorded = await host.Store.ReadAsync(new EventQuery(Limit: 10_000, Type: EventTypes.DecisionRecorded), CancellationToken.None);
        recorded.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Decide_SameRequestIdOtherBody_IsRefused()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.DecideAsync(agent, "cat notes.txt", "r-1");
        (await Should.ThrowAsync<LighthouseException>(() => host.DecideAsync(agent, "cat other.txt", "r-1"))).Code.ShouldBe(ErrorCodes.RequestIdReused);
    }

    [Fact]
    public async Task Decide_SameRequestIdADayLater_IsANewDecision()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var first = await host.DecideAsync(agent, "cat notes.txt", "r-1");
        host.Clock.Advance(TimeSpan.FromHours(25));
        var second = await host.DecideAsync(agent, "cat other.txt", "r-1");
        second.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Decide_SameRequestIdOfAnotherAgent_IsAnotherDecision()
    {
        await using var host = await EngineHost.StartAsync();
        var first = await host.DecideAsync(await host.AgentAsync("a"), "cat notes.txt", "r-1");
        var second = await host.DecideAsync(await host.AgentAsync("b"), "cat notes.txt", "r-1");
        second.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Decide_RepeatedAllowUnderEmergencyStop_IsDenied()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.DecideAsync(agent, "cat notes.txt", "r-1");
        await host.Get<IEmergencyStop>().EngageAsync(EngineHost.Admin, "drill", CancellationToken.None);
        var decision = await host.DecideAsync(agent, "cat notes.txt", "r-1");
        decision.Verdict.ShouldBe(Verdict.Deny);
        decision.Policies.ShouldContain("system:emergency-stop");
        await host.Get<IEmergencyStop>().ReleaseAsync(EngineHost.Admin, CancellationToken.None);
        (await host.DecideAsync(agent, "cat notes.txt")).Verdict.ShouldBe(Verdict.Allow);
    }

    [Fact]
    public async Task Decide_SuspendedAgent_IsDeniedEvenWhatMemoryAllows()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.DecideAsync(agent, "cat notes.txt");
        await host.Agents.SuspendAsync(EngineHost.Admin, agent.Agent!.Id, "misbehaved", CancellationToken.None);
        (await host.DecideAsync(agent, "cat notes.txt")).Verdict.ShouldBe(Verdict.Deny);
    }

    [Fact]
    public async Task Decide_DryRun_OpensNoEscalationAndTakesNoRequestId()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var dry = await host.DecideAsync(agent, "frobnicate --all", "r-1", dryRun: true);
        dry.Verdict.ShouldBe(Verdict.Escalate);
        dry.EscalationId.ShouldBeNull();
        host.Inbox.OpenCount.ShouldBe(0);
        (await host.DecideAsync(agent, "cat notes.txt", "r-1")).Verdict.ShouldBe(Verdict.Allow);
    }

    [Fact]
    public async Task Decide_TooManyOpenEscalations_IsDeniedWithTheReason()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        for (var i = 0; i < 20; i++)
        {
            (await host.DecideAsync(agent, $"frobnicate {i}")).Verdict.ShouldBe(Verdict.Escalate);
        }

        var refused = await host.DecideAsync(agent, "frobnicate 20");
        refused.Verdict.ShouldBe(Verdict.Deny);
        refused.Policies.ShouldContain("system:escalation-limit");
    }

    [Fact]
    public async Task Decide_ByAnExpertKey_IsForbidden()
    {
        await using var host = await EngineHost.StartAsync();
        var expert = await host.ExpertKeyAsync();
        (await Should.ThrowAsync<LighthouseException>(() => host.DecideAsync(expert, "ls"))).Code.ShouldBe(ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task Decide_MoreThanTheLimit_IsRateLimitedNotDenied()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var codes = new List<string>();
        for (var i = 0; i < 150; i++)
        {
            try
            {
                await host.DecideAsync(agent, "ls");
            }
            catch (LighthouseException refused)
            {
                codes.Add(refused.Code);
                refused.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
            }
        }

        codes.Count.ShouldBe(50);
        codes.ShouldAllBe(code => code == ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task DecideMany_AnswersInOrder()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var requests = new[] { "ls", "rm -rf /", "frobnicate" }.Select(c => EngineHost.Bash(c)).ToArray();
        var decisions = await host.Engine.DecideManyAsync(agent, requests, new DecideOptions(host.Clock.GetTimestamp()), CancellationToken.None);
        decisions.Select(d => d.Verdict).ShouldBe([Verdict.Allow, Verdict.Deny, Verdict.Escalate]);
    }

    /// <summary>One reused id answered a failure while the rest of the batch was recorded: nobody ever saw those decisions.</summary>
    [Theory]
    [InlineData("taken", "fresh")]
    [InlineData("twice", "twice")]
    public async Task DecideMany_OneReusedRequestId_RecordsNothing(string first, string second)
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.DecideAsync(agent, "ls -la", "taken");
        var before = host.Store.Head;
        DecisionRequest[] batch = [.. Enumerable.Range(0, 20).Select(i => EngineHost.Bash("ls " + i)), EngineHost.Bash("ls a", first), EngineHost.Bash("frobnicate", second)];

        var refused = await Should.ThrowAsync<LighthouseException>(() => host.Engine.DecideManyAsync(agent, batch, new DecideOptions(host.Clock.GetTimestamp()), CancellationToken.None));

        refused.Code.ShouldBe(ErrorCodes.RequestIdReused);
        host.Store.Head.ShouldBe(before);
    }

    [Fact]
    public async Task DecideMany_Repeated_GetsTheDecisionsItHas()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        DecisionRequest[] batch = [EngineHost.Bash("ls", "a"), EngineHost.Bash("pwd", "b"), EngineHost.Bash("ls", "a")];
        var first = await host.Engine.DecideManyAsync(agent, batch[..1], new DecideOptions(host.Clock.GetTimestamp()), CancellationToken.None);

        var all = await host.Engine.DecideManyAsync(agent, batch, new DecideOptions(host.Clock.GetTimestamp()), CancellationToken.None);
        var again = await host.Engine.DecideManyAsync(agent, batch, new DecideOptions(host.Clock.GetTimestamp()), CancellationToken.None);

        all[0].Id.ShouldBe(first[0].Id);
        all[2].Id.ShouldBe(first[0].Id);
        again.Select(static one => one.Id).ShouldBe(all.Select(static one => one.Id));
    }

    [Fact]
    public async Task ReportOutcome_OfAnotherAgentsDecision_IsNotFound()
    {
        await using var host = await EngineHost.StartAsync();
        var decision = await host.DecideAsync(await host.AgentAsync("a"), "ls");
        var other = await host.AgentAsync("b");
        (await Should.ThrowAsync<LighthouseException>(() => host.Engine.ReportOutcomeAsync(other, decision.Id, 0, 1, CancellationToken.None))).Code.ShouldBe(ErrorCodes.NotFound);
    }
}
