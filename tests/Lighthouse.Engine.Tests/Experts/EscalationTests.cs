using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Experts;

public sealed class EscalationTests
{
    private static readonly Vote Approve = new() { Kind = VoteKind.Approve, Reason = "fine" };
    private static readonly Vote Reject = new() { Kind = VoteKind.Reject, Reason = "not now" };

    [Fact]
    public async Task Vote_Approve_ReleasesTheWaiterWithADurableDecision()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all");
        var waiting = host.Inbox.WaitAsync(agent, asked.EscalationId!, TimeSpan.FromMinutes(1), CancellationToken.None);
        await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Approve, CancellationToken.None);
        var released = await waiting;
        released.State.ShouldBe(EscalationState.Approved);
        released.Decision.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Allow);
        released.Decision.Tier.ShouldBe(DecisionTier.Expert);
        (await host.Store.ReadStreamAsync("decision-" + released.Decision.Id, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Vote_OnADecidedEscalation_IsRefusedWithItsCode()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "frobnicate --all");
        await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Reject, CancellationToken.None);
        (await RefusalAsync(host, EngineHost.Admin, asked, Approve)).ShouldBe(ErrorCodes.EscalationDecided);
    }

    [Fact]
    public async Task Vote_FromTwoReviewersAtOnce_CountsOnce()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "frobnicate --all");
        var votes = new[] { (EngineHost.Expert, Approve), (EngineHost.Admin, Reject) }
            .Select(v => Task.Run(() => host.Inbox.VoteAsync(v.Item1, asked.EscalationId!, v.Item2, CancellationToken.None))).ToArray();
        await Task.WhenAll(votes.Select(async v =>
        {
            try
            {
                await v;
            }
            catch (LighthouseException refused)
            {
                refused.Code.ShouldBe(ErrorCodes.EscalationDecided);
            }
        }));
        votes.Count(v => v.IsCompletedSuccessfully).ShouldBe(1);
    }

    [Fact]
    public async Task Vote_OfTheAskingAgentOrAnotherOne_IsRefused()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all");
        (await RefusalAsync(host, agent, asked, Approve)).ShouldBe(ErrorCodes.OwnRequest);
        (await RefusalAsync(host, await host.AgentAsync("b"), asked, Approve)).ShouldBe(ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Vote_ByAKeyOnADangerousFamily_NeedsAHuman()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "sudo systemctl restart nginx");
        (await RefusalAsync(host, await host.ExpertKeyAsync(), asked, Approve)).ShouldBe(ErrorCodes.HumanRequired);
        var rejected = await host.Inbox.VoteAsync(await host.ExpertKeyAsync(), asked.EscalationId!, Reject, CancellationToken.None);
        rejected.Decision.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Deny);
    }

    [Fact]
    public async Task Vote_ByTheOwnerOnADangerousFamily_NeedsAnotherReviewerWhereThereIsOne()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(owner: "eve"), "sudo systemctl restart nginx");
        host.Reviewers.OtherReviewer = true;
        (await RefusalAsync(host, EngineHost.Expert, asked, Approve)).ShouldBe(ErrorCodes.OwnRequest);
        host.Reviewers.OtherReviewer = false;
        var approved = await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Approve, CancellationToken.None);
        approved.Votes.ShouldHaveSingleItem().SelfConfirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task Vote_AfterTheRoleWasTakenAway_IsForbidden()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "frobnicate --all");
        host.Reviewers.Humans.Clear();
        (await RefusalAsync(host, EngineHost.Expert, asked, Approve)).ShouldBe(ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task Vote_ForASuspendedAgentOrUnderEmergencyStop_CannotApprove()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all");
        await host.Agents.SuspendAsync(EngineHost.Admin, agent.Agent!.Id, "misbehaved", CancellationToken.None);
        (await RefusalAsync(host, EngineHost.Expert, asked, Approve)).ShouldBe(ErrorCodes.AgentSuspended);
        await host.Agents.ResumeAsync(EngineHost.Admin, agent.Agent.Id, CancellationToken.None);
        await host.Get<IEmergencyStop>().EngageAsync(EngineHost.Admin, "drill", CancellationToken.None);
        (await RefusalAsync(host, EngineHost.Expert, asked, Approve)).ShouldBe(ErrorCodes.EmergencyStop);
    }

    [Fact]
    public async Task Vote_RejectWithoutReasonOrNoVoteOrEdit_SaysWhatIsWrong()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "frobnicate --all");
        (await RefusalAsync(host, EngineHost.Expert, asked, new Vote { Kind = VoteKind.Reject })).ShouldBe(ErrorCodes.MissingField);
        (await RefusalAsync(host, EngineHost.Expert, asked, new Vote())).ShouldBe(ErrorCodes.MissingField);
        (await RefusalAsync(host, EngineHost.Expert, asked, new Vote { Kind = VoteKind.Edit })).ShouldBe(ErrorCodes.NotSupported);
    }

    [Fact]
    public async Task Get_OfAnotherAgent_IsNotFound()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync("a"), "frobnicate --all");
        var other = await host.AgentAsync("b");
        (await Should.ThrowAsync<LighthouseException>(() => host.Inbox.GetAsync(other, asked.EscalationId!, CancellationToken.None))).Code.ShouldBe(ErrorCodes.NotFound);
        host.Inbox.List(other, null).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deadline_Passed_DeniesInTheNameOfTheClock()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all");
        var waiting = host.Inbox.WaitAsync(agent, asked.EscalationId!, TimeSpan.FromHours(1), CancellationToken.None);
        await AdvanceUntilAsync(host.Clock, waiting);
        var expired = await waiting;
        expired.State.ShouldBe(EscalationState.Expired);
        expired.Votes.ShouldBeEmpty();
        expired.Decision.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Deny);
        expired.Decision.Reason.ShouldContain("No reviewer answered");
        (await RefusalAsync(host, EngineHost.Expert, asked, Approve)).ShouldBe(ErrorCodes.EscalationExpired);
    }

    [Fact]
    public async Task Approval_AfterTheHoldEnded_AllowsTheIdenticalRetryOnce()
    {
        await using var host = await EngineHost.StartAsync(configure: EngineSettings.NoLimits);
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all", holds: true);
        await host.Inbox.EndHoldAsync(agent, asked.EscalationId!, CancellationToken.None);
        await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Approve, CancellationToken.None);

        var retries = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => host.DecideAsync(agent, "frobnicate --all"))));

        retries.Count(d => d is { Verdict: Verdict.Allow, Tier: DecisionTier.Grant }).ShouldBe(1);
        retries.Count(d => d.Verdict == Verdict.Escalate).ShouldBe(99);
    }

    [Fact]
    public async Task Grant_OfAnotherAgentOrAnotherCommandOrTooLate_DoesNotAnswer()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all", holds: true);
        await host.Inbox.EndHoldAsync(agent, asked.EscalationId!, CancellationToken.None);
        await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Approve, CancellationToken.None);
        (await host.DecideAsync(await host.AgentAsync("b"), "frobnicate --all")).Verdict.ShouldBe(Verdict.Escalate);
        (await host.DecideAsync(agent, "frobnicate  --all")).Verdict.ShouldBe(Verdict.Escalate);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await host.DecideAsync(agent, "frobnicate --all")).Verdict.ShouldBe(Verdict.Escalate);
    }

    [Fact]
    public async Task Approval_WhileHeld_LeavesNoGrant()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all", holds: true);
        await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Approve, CancellationToken.None);
        (await host.DecideAsync(agent, "frobnicate --all")).Verdict.ShouldBe(Verdict.Escalate);
    }

    [Fact]
    public async Task Restart_KeepsOpenEscalationsAndGivesTheCutOffCallerAGrant()
    {
        var directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        string id;
        Caller agent;
        await using (var host = await EngineHost.StartAsync(directory))
        {
            agent = await host.AgentAsync();
            id = (await host.DecideAsync(agent, "frobnicate --all", holds: true)).EscalationId!;
        }

        await using (var host = await EngineHost.StartAsync(directory))
        {
            host.Inbox.List(EngineHost.Expert, EscalationState.Open).ShouldHaveSingleItem().Id.ShouldBe(id);
            await WaitForEventAsync(host, EventTypes.EscalationHoldEnded);
            await host.Inbox.VoteAsync(EngineHost.Expert, id, Approve, CancellationToken.None);
            (await host.DecideAsync(agent, "frobnicate --all")).Tier.ShouldBe(DecisionTier.Grant);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Approval_OfAnAgentStoppedAfterwards_IsNotHandedOut()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all", "r-1");
        await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Approve, CancellationToken.None);
        await host.Get<IEmergencyStop>().EngageAsync(EngineHost.Admin, "drill", CancellationToken.None);
        (await Should.ThrowAsync<LighthouseException>(() => host.Inbox.GetAsync(agent, asked.EscalationId!, CancellationToken.None))).Code.ShouldBe(ErrorCodes.EmergencyStop);
        (await host.DecideAsync(agent, "frobnicate --all", "r-1")).Verdict.ShouldBe(Verdict.Deny);
        (await host.Inbox.GetAsync(EngineHost.Expert, asked.EscalationId!, CancellationToken.None)).State.ShouldBe(EscalationState.Approved);
    }

    [Fact]
    public async Task Grant_RepeatedThroughItsRequestId_AllowsNoSecondRun()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all", holds: true);
        await host.Inbox.EndHoldAsync(agent, asked.EscalationId!, CancellationToken.None);
        await host.Inbox.VoteAsync(EngineHost.Expert, asked.EscalationId!, Approve, CancellationToken.None);
        var first = await host.DecideAsync(agent, "frobnicate --all", "r-1");
        first.Tier.ShouldBe(DecisionTier.Grant);
        (await host.DecideAsync(agent, "frobnicate --all", "r-1")).Id.ShouldBe(first.Id);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await host.DecideAsync(agent, "frobnicate --all", "r-1")).Verdict.ShouldBe(Verdict.Escalate);
    }

    /// <summary>The pages asked for the password, but whoever reached the inbox past them was not asked.</summary>
    [Fact]
    public async Task Approve_ADangerousRequest_NeedsARecentPassword_WhateverThePageAsked()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "sudo systemctl restart nginx");
        foreach (var proof in (PasswordProof?[])[null, new(EngineHost.Begin - FreshPassword.Lasts, Here: true), new(EngineHost.Begin.AddSeconds(1), Here: true)])
        {
            (await RefusalAsync(host, EngineHost.Expert with { Proof = proof }, asked, Approve)).ShouldBe(ErrorCodes.FreshSignInRequired);
        }

        // The sign-in itself counts here, and a no needs nothing.
        var young = EngineHost.Expert with { Proof = new(EngineHost.Begin, Here: false) };
        (await host.Inbox.VoteAsync(young, asked.EscalationId!, Approve, CancellationToken.None)).State.ShouldBe(EscalationState.Approved);
        var second = await host.DecideAsync(await host.AgentAsync("b"), "sudo systemctl restart nginx");
        (await host.Inbox.VoteAsync(EngineHost.Expert with { Proof = null }, second.EscalationId!, Reject, CancellationToken.None)).State.ShouldBe(EscalationState.Rejected);
    }

    [Fact]
    public async Task Approve_AnOrdinaryRequest_NeedsNoRecentPassword()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "frobnicate --all");
        (await host.Inbox.VoteAsync(EngineHost.Expert with { Proof = null }, asked.EscalationId!, Approve, CancellationToken.None)).State.ShouldBe(EscalationState.Approved);
    }

    [Fact]
    public async Task Claim_ByTwo_OnlyTheFirstHasIt()
    {
        await using var host = await EngineHost.StartAsync();
        var asked = await host.DecideAsync(await host.AgentAsync(), "frobnicate --all");
        (await host.Inbox.ClaimAsync(EngineHost.Expert, asked.EscalationId!, CancellationToken.None)).ClaimedBy.ShouldBe("human:eve");
        var other = new Caller("u-bob", CallerKind.Human, Roles.Expert, "bob", null, null);
        (await Should.ThrowAsync<LighthouseException>(() => host.Inbox.ClaimAsync(other, asked.EscalationId!, CancellationToken.None))).Code.ShouldBe(ErrorCodes.Conflict);
        (await host.Inbox.ReleaseAsync(EngineHost.Expert, asked.EscalationId!, CancellationToken.None)).ClaimedBy.ShouldBeNull();
    }

    private static async Task<string> RefusalAsync(EngineHost host, Caller caller, Decision asked, Vote vote) =>
        (await Should.ThrowAsync<LighthouseException>(() => host.Inbox.VoteAsync(caller, asked.EscalationId!, vote, CancellationToken.None))).Code;

    // The clock's own timer runs on the pool: moving time in steps until it has seen the deadline needs no real waiting.
    private static async Task AdvanceUntilAsync(FakeTimeProvider clock, Task task)
    {
        for (var i = 0; i < 100_000 && !task.IsCompleted; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static async Task WaitForEventAsync(EngineHost host, string type)
    {
        for (var i = 0; i < 100_000; i++)
        {
            if ((await host.Store.ReadAsync(new EventQuery(Type: type), CancellationToken.None)).Count > 0)
            {
                return;
            }

            await Task.Yield();
        }
    }
}
