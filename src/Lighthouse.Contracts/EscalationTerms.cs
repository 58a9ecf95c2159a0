namespace Lighthouse.Contracts;

/// <summary>What a policy asks of an escalation beyond the defaults.</summary>
/// <param name="Experts">Specialties that should look, most wanted first; empty for the default queue.</param>
/// <param name="Quorum">How many reviewers have to agree at least; null for the default.</param>
/// <param name="DeadlineSeconds">Seconds until it ends in deny; null for the default.</param>
public sealed record EscalationTerms(IReadOnlyList<string> Experts, int? Quorum = null, int? DeadlineSeconds = null);
