using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>What a policy does when it matches.</summary>
internal enum PolicyEffect { Permit, Escalate, Forbid }

/// <summary>One policy, read once: its text and everything that is asked about it at every request.</summary>
internal sealed record CompiledPolicy
{
    public required string Id { get; init; }
    public required string Text { get; init; }
    public required PolicyEffect Effect { get; init; }
    public string? Reason { get; init; }
    public EscalationTerms? Terms { get; init; }

    /// <summary>The actions it is limited to; empty for all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];
    public bool NamesAgents { get; init; }
    public bool UsesTime { get; init; }

    /// <summary>Line of its first character in the set, from 1.</summary>
    public int Line { get; init; }

    public bool AppliesTo(string action) => Actions.Count == 0 || Actions.Contains(action);

    public PolicySummary Summary() => new(
        Id, Effect switch { PolicyEffect.Permit => "permit", PolicyEffect.Escalate => "escalate", _ => "forbid" },
        Reason, Line, Actions, NamesAgents, UsesTime, Terms);
}

/// <summary>
/// A whole set, checked: kept in the event of its activation, so that a start needs no policy engine before the first request does.
/// </summary>
/// <param name="Attributes">The attributes of the context that any policy reads; others are not handed over.</param>
/// <param name="Literals">Texts that a policy compares with: a deletion above a path among them touches it, a pattern may mean a name among them.</param>
internal sealed record CompiledPolicySet(
    IReadOnlyList<CompiledPolicy> Policies, IReadOnlyList<string> Attributes, IReadOnlyList<string> Literals)
{
    private Dictionary<string, CompiledPolicy>? _byId;
    private string? _digest;

    public bool NamesAgents => Policies.Any(static one => one.NamesAgents);

    public CompiledPolicy Find(string id) => (_byId ??= Policies.ToDictionary(static one => one.Id, StringComparer.Ordinal))[id];

    public bool AppliesTo(string action)
    {
        foreach (var policy in Policies)
        {
            if (policy.AppliesTo(action))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// SHA-256 of all that the set is, its schema included, worked out once. Numbers of versions are each node's own: two sets of the same number
    /// must not share answers.
    /// </summary>
    public string Digest() => _digest ??= Convert.ToHexStringLower(SHA256.HashData(
        [.. JsonSerializer.SerializeToUtf8Bytes(this, LighthouseJson.Options), 0, .. Encoding.UTF8.GetBytes(PolicyCompiler.Schema)]));

    public bool UsesTimeFor(string action) => Policies.Any(one => one.UsesTime && one.AppliesTo(action));
}

/// <summary>The policies in force at one moment. A request keeps the one that it began with, so that what it is filed under is what judged it.</summary>
/// <param name="Version">As in <see cref="Decision.PolicySetVersion"/>: profiles and set.</param>
/// <param name="Number">0 while no set is active.</param>
/// <param name="Set">Null while no set is active, or while the active one could not be read (<paramref name="Problem"/>).</param>
internal sealed record ActivePolicies(string Version, int Number, CompiledPolicySet? Set, string? Problem = null)
{
    public static ActivePolicies None(string profilesVersion) => new(profilesVersion, 0, null);

    public bool NamesAgents => Set is { NamesAgents: true };
}
