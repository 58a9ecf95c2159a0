using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Api.Hooks;
using Lighthouse.Web.Security.Access;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Web.Tests.Security;

/// <summary>An approval that came while a hold ended let the call run, and the same call once more on the grant that it had left.</summary>
public sealed class HookHoldTests : IDisposable
{
    private readonly SecurityHost _host = SecurityHost.Start();

    private Caller Agent => _host.Get<ICredentials>().Verify(SecurityHost.AgentKey)!;

    [Fact]
    public async Task Approval_JustAfterTheHoldEnded_IsForTheRepeatAlone()
    {
        var asked = await DecideAsync();
        var hold = Hold(new Between(_host.Get<IEscalationInbox>()) { AfterTheEnd = () => ApproveAsync(asked.EscalationId!) });

        var (final, otherwise) = await hold.WaitAsync(Agent, asked.EscalationId!, TimeSpan.Zero, CancellationToken.None);

        final.ShouldBeNull();
        otherwise.ShouldContain("ask again after approval");
        (await DecideAsync()).Tier.ShouldBe(DecisionTier.Grant);
        (await DecideAsync()).Verdict.ShouldBe(Verdict.Escalate);
    }

    [Fact]
    public async Task Approval_JustBeforeTheHoldEnded_LetsThisCallGo_AndNoOther()
    {
        var asked = await DecideAsync();
        var hold = Hold(new Between(_host.Get<IEscalationInbox>()) { BeforeTheEnd = () => ApproveAsync(asked.EscalationId!) });

        var (final, _) = await hold.WaitAsync(Agent, asked.EscalationId!, TimeSpan.Zero, CancellationToken.None);

        final.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Allow);
        (await DecideAsync()).Verdict.ShouldBe(Verdict.Escalate);
    }

    public void Dispose() => _host.Dispose();

    private HookHold Hold(IEscalationInbox inbox) => new(inbox, _host.Get<AccessLimits>(), _host.Get<IHostApplicationLifetime>());

    private async Task<Decision> DecideAsync()
    {
        var input = System.Text.Json.JsonSerializer.SerializeToElement(new { command = "frobnicate --all" });
        var request = new DecisionRequest { Tool = "Bash", Input = input, WorkingDirectory = "/home/test/project" };
        return await _host.Get<IValidationEngine>().DecideAsync(Agent, request, new DecideOptions(_host.Clock.GetTimestamp(), Holds: true), CancellationToken.None);
    }

    private async Task ApproveAsync(string id) => await _host.Get<IEscalationInbox>().VoteAsync(
        _host.Get<ICredentials>().Verify(SecurityHost.ExpertKey)!, id, new Vote { Kind = VoteKind.Approve }, CancellationToken.None);

    /// <summary>The real inbox, with something happening right beside the end of a hold.</summary>
    private sealed class Between(IEscalationInbox inner) : IEscalationInbox
    {
        public Func<Task> BeforeTheEnd { get; init; } = static () => Task.CompletedTask;
        public Func<Task> AfterTheEnd { get; init; } = static () => Task.CompletedTask;

        public event Action<Escalation>? Decided
        {
            add => inner.Decided += value;
            remove => inner.Decided -= value;
        }

        public int OpenCount => inner.OpenCount;

        public async Task<bool> EndHoldAsync(Caller caller, string id, CancellationToken cancellationToken)
        {
            await BeforeTheEnd();
            var wasOpen = await inner.EndHoldAsync(caller, id, cancellationToken);
            await AfterTheEnd();
            return wasOpen;
        }

        public IReadOnlyList<Escalation> List(Caller caller, EscalationState? state) => inner.List(caller, state);
        public Task<Escalation> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => inner.GetAsync(caller, id, cancellationToken);
        public Task<Escalation> WaitAsync(Caller caller, string id, TimeSpan wait, CancellationToken cancellationToken) => inner.WaitAsync(caller, id, wait, cancellationToken);
        public Task<Escalation> VoteAsync(Caller caller, string id, Vote vote, CancellationToken cancellationToken) => inner.VoteAsync(caller, id, vote, cancellationToken);
        public Task<Escalation> ClaimAsync(Caller caller, string id, CancellationToken cancellationToken) => inner.ClaimAsync(caller, id, cancellationToken);
        public Task<Escalation> ReleaseAsync(Caller caller, string id, CancellationToken cancellationToken) => inner.ReleaseAsync(caller, id, cancellationToken);
        public Task<Escalation> CommentAsync(Caller caller, string id, string text, CancellationToken cancellationToken) => inner.CommentAsync(caller, id, text, cancellationToken);
        public Task RevokeGrantAsync(Caller caller, string grantId, CancellationToken cancellationToken) => inner.RevokeGrantAsync(caller, grantId, cancellationToken);
    }
}
