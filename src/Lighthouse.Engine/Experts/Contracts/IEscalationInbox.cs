using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Experts.Contracts;

/// <summary>What experts and waiting agents see of escalations. Every method checks that the caller may.</summary>
public interface IEscalationInbox
{
    /// <summary>An expert sees all, an agent its own. Open ones oldest deadline first, others newest first (the last 1,000 are kept in memory).</summary>
    IReadOnlyList<Escalation> List(Caller caller, EscalationState? state);

    int OpenCount { get; }

    /// <exception cref="LighthouseException"><c>not_found</c>, also for another agent's id.</exception>
    Task<Escalation> GetAsync(Caller caller, string id, CancellationToken cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, but waits for the decision, at most <paramref name="wait"/>.</summary>
    Task<Escalation> WaitAsync(Caller caller, string id, TimeSpan wait, CancellationToken cancellationToken);

    /// <exception cref="LighthouseException"><c>escalation_decided</c>, <c>escalation_expired</c>, <c>already_voted</c>, <c>own_request</c>, <c>human_required</c>, <c>fresh_sign_in_required</c> (a dangerous yes without a recent password), <c>forbidden</c>, <c>not_found</c>.</exception>
    Task<Escalation> VoteAsync(Caller caller, string id, Vote vote, CancellationToken cancellationToken);
    Task<Escalation> ClaimAsync(Caller caller, string id, CancellationToken cancellationToken);
    Task<Escalation> ReleaseAsync(Caller caller, string id, CancellationToken cancellationToken);
    Task<Escalation> CommentAsync(Caller caller, string id, string text, CancellationToken cancellationToken);

    /// <summary>Whoever held the request (a hook) stops waiting; a later approval becomes a one-shot grant.</summary>
    /// <returns>True when it was still open: the caller must not act on an answer that comes after this. False when it was decided before, so that its decision counts.</returns>
    Task<bool> EndHoldAsync(Caller caller, string id, CancellationToken cancellationToken);

    /// <exception cref="LighthouseException"><c>not_found</c>, or <c>conflict</c> when it was used meanwhile.</exception>
    Task RevokeGrantAsync(Caller caller, string grantId, CancellationToken cancellationToken);

    /// <summary>Raised once per escalation with its final state. Handlers must not block.</summary>
    event Action<Escalation>? Decided;
}

/// <summary>Humans who may answer escalations, as they stand now; the host of the engine provides it.</summary>
public interface IReviewerDirectory
{
    /// <summary>The live roles of a human; <see cref="Roles.None"/> when unknown or disabled.</summary>
    ValueTask<Roles> RolesOfAsync(string userId, CancellationToken cancellationToken);

    /// <summary>True when an enabled human with role expert or admin exists beside this user name.</summary>
    ValueTask<bool> AnyOtherReviewerAsync(string userName, CancellationToken cancellationToken);
}
