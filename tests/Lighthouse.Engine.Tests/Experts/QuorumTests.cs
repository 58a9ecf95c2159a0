using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Policies;
using Lighthouse.Engine.Tests.Support;

namespace Lighthouse.Engine.Tests.Experts;

/// <summary>A policy may ask for several people: so many different ones have to approve, one no decides.</summary>
public sealed class QuorumTests
{
    private const string TwoForLs = "@id(\"two\") @verdict(\"escalate\") @quorum(\"2\") forbid(principal, action, resource) when { context.programs.contains(\"ls\") };";
    private static readonly Vote Approve = new() { Kind = VoteKind.Approve, Reason = "fine" };
    private static readonly Vote Reject = new() { Kind = VoteKind.Reject, Reason = "not now" };

    [Fact]
    public async Task TwoPeople_HaveToApproveBeforeItRuns()
    {
        await using var host = await EngineHost.StartAsync();
        var (agent, asked) = await AskAsync(host);
        var waiting = host.Inbox.WaitAsync(agent, asked, TimeSpan.FromMinutes(1), CancellationToken.None);
        var one = await VoteAsync(host, EngineHost.Expert, asked, Approve);
        (one.State, one.Votes.Count, one.Quorum, one.Decision).ShouldBe((EscalationState.Open, 1, new Quorum(2, "any"), null));
        waiting.IsCompleted.ShouldBeFalse();
        var two = await VoteAsync(host, EngineHost.Admin, asked, Approve);
        (two.State, two.Votes.Count).ShouldBe((EscalationState.Approved, 2));
        (await waiting).Decision.ShouldNotBeNull().Reason.ShouldBe("Approved by eve, admin (the agent's owner): fine");
    }

    [Fact]
    public async Task OneNo_Decides_AlsoAfterAYes_AlsoBySomebodyWhoSaidYes()
    {
        await using var host = await EngineHost.StartAsync();
        var (_, asked) = await AskAsync(host);
        await VoteAsync(host, EngineHost.Expert, asked, Approve);
        (await VoteAsync(host, EngineHost.Admin, asked, Reject)).State.ShouldBe(EscalationState.Rejected);

        var (_, second) = await AskAsync(host, "ls -l", activate: false);
        await VoteAsync(host, EngineHost.Expert, second, Approve);
        (await VoteAsync(host, EngineHost.Expert, second, Reject)).State.ShouldBe(EscalationState.Rejected);
    }

    [Fact]
    public async Task SamePerson_CountsOnce_AlsoWithAKey()
    {
        await using var host = await EngineHost.StartAsync();
        var (_, asked) = await AskAsync(host);
        await VoteAsync(host, EngineHost.Admin, asked, Approve);
        (await RefusalAsync(host, EngineHost.Admin, asked)).ShouldBe(ErrorCodes.AlreadyVoted);
        (await RefusalAsync(host, await host.ExpertKeyAsync(), asked)).ShouldBe(ErrorCodes.AlreadyVoted, "the key is the admin's");

        var (_, second) = await AskAsync(host, "ls -l", activate: false);
        await VoteAsync(host, await host.ExpertKeyAsync(), second, Approve);
        (await RefusalAsync(host, await host.ExpertKeyAsync(), second)).ShouldBe(ErrorCodes.AlreadyVoted, "a second key of the same person");
        (await RefusalAsync(host, EngineHost.Admin, second)).ShouldBe(ErrorCodes.AlreadyVoted);
    }

    [Fact]
    public async Task TwoAtOnce_AreBothCounted()
    {
        await using var host = await EngineHost.StartAsync();
        var (_, asked) = await AskAsync(host);
        await Task.WhenAll(new[] { EngineHost.Expert, EngineHost.Admin }.Select(one => Task.Run(() => VoteAsync(host, one, asked, Approve))));
        var after = await host.Inbox.GetAsync(EngineHost.Admin, asked, CancellationToken.None);
        (after.State, after.Votes.Count).ShouldBe((EscalationState.Approved, 2));
    }

    [Fact]
    public async Task ApprovalWhoseGiverLostTheRole_NoLongerCounts()
    {
        await using var host = await EngineHost.StartAsync();
        var (_, asked) = await AskAsync(host);
        await VoteAsync(host, EngineHost.Expert, asked, Approve);
        host.Reviewers.Humans.Remove("u-eve");
        (await VoteAsync(host, EngineHost.Admin, asked, Approve)).State.ShouldBe(EscalationState.Open);
        host.Reviewers.Humans["u-bob"] = Roles.Expert;
        (await VoteAsync(host, new Caller("u-bob", CallerKind.Human, Roles.Expert, "bob", null, null), asked, Approve)).State.ShouldBe(EscalationState.Approved);
    }

    [Fact]
    public async Task ApprovalByAKeyThatWasRevoked_NoLongerCounts()
    {
        await using var host = await EngineHost.StartAsync();
        var (_, asked) = await AskAsync(host);
        var key = await host.ExpertKeyAsync();
        await VoteAsync(host, key, asked, Approve);
        await host.Agents.RevokeKeyAsync(EngineHost.Admin, key.Id, "lost", CancellationToken.None);
        (await VoteAsync(host, EngineHost.Expert, asked, Approve)).State.ShouldBe(EscalationState.Open);
    }

    [Fact]
    public async Task DangerousRequest_TakesTwoHumans()
    {
        await using var host = await EngineHost.StartAsync();
        await host.ActivateAsync(TwoForLs.Replace("\"ls\"", "\"sudo\"", StringComparison.Ordinal));
        host.Reviewers.OtherReviewer = true;
        var asked = (await host.DecideAsync(await host.AgentAsync(owner: "carol"), "sudo systemctl restart nginx")).EscalationId!;
        (await host.Inbox.GetAsync(EngineHost.Admin, asked, CancellationToken.None)).Quorum.ShouldBe(new Quorum(2, "human"));
        await VoteAsync(host, EngineHost.Expert, asked, Approve);
        (await RefusalAsync(host, await host.ExpertKeyAsync(), asked)).ShouldBe(ErrorCodes.HumanRequired);
        (await VoteAsync(host, EngineHost.Admin, asked, Approve)).State.ShouldBe(EscalationState.Approved);
    }

    [Fact]
    public async Task DeadlinePasses_WithTooFewApprovals_IsTheClocksNo()
    {
        await using var host = await EngineHost.StartAsync();
        var (agent, asked) = await AskAsync(host);
        await VoteAsync(host, EngineHost.Expert, asked, Approve);
        var waiting = host.Inbox.WaitAsync(agent, asked, TimeSpan.FromHours(1), CancellationToken.None);
        for (var i = 0; i < 100_000 && !waiting.IsCompleted; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var expired = await waiting;
        expired.State.ShouldBe(EscalationState.Expired);
        expired.Decision.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Deny);
        expired.Decision.Reason.ShouldContain("1 of 2 approvals");
    }

    [Fact]
    public async Task Restart_KeepsTheFirstApproval()
    {
        var directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        string asked;
        await using (var host = await EngineHost.StartAsync(directory))
        {
            (_, asked) = await AskAsync(host);
            await VoteAsync(host, EngineHost.Expert, asked, Approve);
        }

        await using (var host = await EngineHost.StartAsync(directory))
        {
            (await RefusalAsync(host, EngineHost.Expert, asked)).ShouldBe(ErrorCodes.AlreadyVoted);
            (await VoteAsync(host, EngineHost.Admin, asked, Approve)).State.ShouldBe(EscalationState.Approved);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task RequestThatJoins_IsNotReleasedByFewerThanItNeeds()
    {
        // Asked while one reviewer sufficed, asked again after a policy wanted two: both wait for one answer.
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var asked = (await host.DecideAsync(agent, "frobnicate --all")).EscalationId!;
        await host.ActivateAsync(TwoForLs.Replace("\"ls\"", "\"frobnicate\"", StringComparison.Ordinal));
        (await host.DecideAsync(agent, "frobnicate --all")).EscalationId.ShouldBe(asked);
        (await VoteAsync(host, EngineHost.Expert, asked, Approve)).State.ShouldBe(EscalationState.Open);
        (await VoteAsync(host, EngineHost.Admin, asked, Approve)).State.ShouldBe(EscalationState.Approved);
    }

    [Fact]
    public async Task LateSecondApproval_LeavesTheGrant()
    {
        await using var host = await EngineHost.StartAsync();
        await host.ActivateAsync(TwoForLs);
        var agent = await host.AgentAsync();
        var asked = (await host.DecideAsync(agent, "ls", holds: true)).EscalationId!;
        await VoteAsync(host, EngineHost.Expert, asked, Approve);
        await host.Inbox.EndHoldAsync(agent, asked, CancellationToken.None);
        (await host.Store.ReadAsync(new EventQuery(Type: EventTypes.GrantCreated), CancellationToken.None)).ShouldBeEmpty();
        await VoteAsync(host, EngineHost.Admin, asked, Approve);
        (await host.DecideAsync(agent, "ls")).Tier.ShouldBe(DecisionTier.Grant);
    }

    private static async Task<(Caller Agent, string Escalation)> AskAsync(EngineHost host, string command = "ls", bool activate = true)
    {
        if (activate)
        {
            await host.ActivateAsync(TwoForLs);
        }

        var agent = await host.AgentAsync();
        var decision = await host.DecideAsync(agent, command);
        decision.Verdict.ShouldBe(Verdict.Escalate);
        return (agent, decision.EscalationId!);
    }

    private static Task<Escalation> VoteAsync(EngineHost host, Caller caller, string escalation, Vote vote) =>
        host.Inbox.VoteAsync(caller, escalation, vote, CancellationToken.None);

    private static async Task<string> RefusalAsync(EngineHost host, Caller caller, string escalation) =>
        (await Should.ThrowAsync<LighthouseException>(() => VoteAsync(host, caller, escalation, Approve))).Code;
}
