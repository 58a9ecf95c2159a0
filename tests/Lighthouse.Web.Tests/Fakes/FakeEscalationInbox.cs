using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Tests.Fakes;

/// <summary>Remembers what was asked of it; one vote decides.</summary>
internal sealed class FakeEscalationInbox(TimeProvider time) : IEscalationInbox
{
    public List<Escalation> All { get; } = [];
    public List<(string Id, Vote Vote)> Votes { get; } = [];

    /// <summary>Thrown by the next vote.</summary>
    public LighthouseException? Refusal { get; set; }

    public event Action<Escalation>? Decided;

    public int OpenCount => All.Count(one => one.State == EscalationState.Open);

    public IReadOnlyList<Escalation> List(Caller caller, EscalationState? state) =>
        [.. All.Where(one => state is null || one.State == state).OrderBy(one => one.Deadline)];

    public Task<Escalation> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        All.Find(one => one.Id == id) is { } found
            ? Task.FromResult(found)
            : throw new LighthouseException(ErrorCodes.NotFound, "There is no such escalation.");

    public Task<Escalation> WaitAsync(Caller caller, string id, TimeSpan wait, CancellationToken cancellationToken) =>
        GetAsync(caller, id, cancellationToken);

    public async Task<Escalation> VoteAsync(Caller caller, string id, Vote vote, CancellationToken cancellationToken)
    {
        if (Refusal is { } refusal)
        {
            Refusal = null;
            throw refusal;
        }

        var found = await GetAsync(caller, id, cancellationToken);
        Votes.Add((id, vote));
        var decided = found with
        {
            State = vote.Kind == VoteKind.Approve ? EscalationState.Approved : EscalationState.Rejected,
            Votes = [.. found.Votes, new CastVote(caller.Name, vote.Kind!.Value, vote.Reason ?? "", time.GetUtcNow())],
        };
        Replace(decided);
        Decided?.Invoke(decided);
        return decided;
    }

    public Task<Escalation> ClaimAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, found => found with { ClaimedBy = caller.Actor });

    public Task<Escalation> ReleaseAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, found => found with { ClaimedBy = null });

    public Task<Escalation> CommentAsync(Caller caller, string id, string text, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, found => found with { Comments = [.. found.Comments, new Comment(caller.Name, text, time.GetUtcNow())] });

    public Task RevokeGrantAsync(Caller caller, string grantId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> EndHoldAsync(Caller caller, string id, CancellationToken cancellationToken) => Task.FromResult(true);

    public void Announce(Escalation decided) => Decided?.Invoke(decided);

    public void Replace(Escalation changed) => All[All.FindIndex(one => one.Id == changed.Id)] = changed;

    private async Task<Escalation> ChangeAsync(Caller caller, string id, Func<Escalation, Escalation> change)
    {
        var changed = change(await GetAsync(caller, id, CancellationToken.None));
        Replace(changed);
        return changed;
    }
}
