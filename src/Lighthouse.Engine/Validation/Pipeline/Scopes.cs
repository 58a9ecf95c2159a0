using System.Collections.Concurrent;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Tiers.Memory;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Everything beside the request that a verdict depends on, one shared object per combination.</summary>
internal sealed class Scopes(IProfiles profiles)
{
    // Working directories are chosen by agents: past this many combinations the table starts anew instead of growing.
    private const int Most = 10_000;

    // A new build may judge differently: nothing an older one remembered may answer for it.
    private static readonly string Build = typeof(Scopes).Module.ModuleVersionId.ToString("N");

    private readonly ConcurrentDictionary<(string Profile, string? Root, string? Home), DecisionScope> _scopes = new();

    public DecisionScope Of(AgentIdentity agent, ActionPlace place)
    {
        if (_scopes.Count > Most)
        {
            _scopes.Clear();
        }

        return _scopes.GetOrAdd(
            (agent.Profile, place.WorkspaceRoot, place.Home),
            static (key, version) => new DecisionScope($"{key.Profile}\n{key.Root}\n{key.Home}\n{version}\n{Build}", default),
            profiles.Version);
    }
}
