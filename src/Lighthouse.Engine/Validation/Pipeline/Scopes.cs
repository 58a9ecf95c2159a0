using System.Collections.Concurrent;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Everything beside the request that a verdict depends on, one shared object per combination.</summary>
internal sealed class Scopes(IProfiles profiles, IEpochs epochs)
{
    // Working directories are chosen by agents: past this many combinations the table starts anew instead of growing.
    private const int Most = 10_000;

    // A new build may judge differently: nothing an older one remembered may answer for it.
    public static readonly string Build = typeof(Scopes).Module.ModuleVersionId.ToString("N");

    private volatile Generation _current = new("", "");

    /// <summary>Takes the stamp before anything is judged: what is judged under newer rules may be filed as older, never the other way round.</summary>
    public DecisionScope Of(AgentIdentity agent, ActionPlace place)
    {
        var (stamp, version) = (epochs.Stamp, profiles.Version);
        var generation = _current;
        if (!ReferenceEquals(generation.Stamp, stamp) || generation.Version != version || generation.IsFull)
        {
            _current = generation = new Generation(stamp, version);
        }

        return generation.Of(agent.Profile, place.WorkspaceRoot, place.Home);
    }

    private sealed class Generation(string stamp, string version)
    {
        private readonly ConcurrentDictionary<(string Profile, string? Root, string? Home), DecisionScope> _scopes = new();
        private int _made;

        public string Stamp => stamp;
        public string Version => version;
        public bool IsFull => Volatile.Read(ref _made) > Most;

        public DecisionScope Of(string profile, string? root, string? home) =>
            _scopes.TryGetValue((profile, root, home), out var known) ? known : Make(profile, root, home);

        private DecisionScope Make(string profile, string? root, string? home)
        {
            Interlocked.Increment(ref _made);
            return _scopes.GetOrAdd(
                (profile, root, home),
                static (key, of) => new DecisionScope(key.Profile, key.Root, key.Home, of.Version, of.Stamp, Build) { Stamp = of.Stamp },
                this);
        }
    }
}
