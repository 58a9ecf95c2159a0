using System.Collections.Concurrent;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Sets;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Everything beside the request that a verdict depends on, one shared object per combination.</summary>
internal sealed class Scopes(PolicyBook policies, IEpochs epochs, ICommandAnalyser analyser)
{
    // Working directories are chosen by agents: past this many combinations the table starts anew instead of growing.
    private const int Most = 10_000;

    // A new build may judge differently: nothing an older one remembered may answer for it.
    public static readonly string Build = typeof(Scopes).Module.ModuleVersionId.ToString("N");

    private volatile Generation _current = new("", ActivePolicies.None(""), [], [], "");

    /// <summary>
    /// Takes the stamp before the policies, and both before anything is judged: what is judged under newer rules may be filed as older, never
    /// the other way round. The request is judged by the policies that are handed out here and no others.
    /// </summary>
    public (DecisionScope Scope, ActivePolicies Policies) Of(AgentIdentity agent, ActionPlace place)
    {
        var (stamp, active) = (epochs.Stamp, policies.Active);
        var generation = _current;
        if (!ReferenceEquals(generation.Stamp, stamp) || !ReferenceEquals(generation.Policies, active) || !generation.Protects(place) || generation.IsFull)
        {
            _current = generation = new Generation(stamp, active, place.ProtectedPaths, place.ProtectedAddresses, analyser.Settings);
        }

        // Once a policy tells agents apart, no agent gets another one's answer.
        return (generation.Of(agent.Profile, place.WorkspaceRoot, place.Home, active.NamesAgents ? agent.Id : null), active);
    }

    private sealed class Generation(string stamp, ActivePolicies policies, IReadOnlyList<string> paths, IReadOnlyList<string> addresses, string settings)
    {
        // Nodes differ in what they protect and in what they were told of tools: what one allows, another must not repeat.
        private readonly string _protected = new DecisionScope(
            string.Join('\n', paths.Order(StringComparer.Ordinal)), string.Join('\n', addresses.Order(StringComparer.Ordinal)), settings).Hex();

        private readonly ConcurrentDictionary<(string Profile, string? Root, string? Home, string? Agent), DecisionScope> _scopes = new();
        private int _made;

        public string Stamp => stamp;
        public ActivePolicies Policies => policies;
        /// <summary>The lists are the same objects until they change.</summary>
        public bool Protects(ActionPlace place) => ReferenceEquals(paths, place.ProtectedPaths) && ReferenceEquals(addresses, place.ProtectedAddresses);

        public bool IsFull => Volatile.Read(ref _made) > Most;

        public DecisionScope Of(string profile, string? root, string? home, string? agent) =>
            _scopes.TryGetValue((profile, root, home, agent), out var known) ? known : Make(profile, root, home, agent);

        private DecisionScope Make(string profile, string? root, string? home, string? agent)
        {
            Interlocked.Increment(ref _made);
            return _scopes.GetOrAdd(
                (profile, root, home, agent),
                static (key, of) => new DecisionScope(
                    key.Profile, key.Root, key.Home, key.Agent, of.Policies.Version, of.Policies.Set?.Digest(), of._protected, of.Stamp, Build) { Stamp = of.Stamp },
                this);
        }
    }
}
