using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Policies;

/// <summary>The profiles of <c>profiles.json</c>, compiled once.</summary>
internal sealed class ProfileCatalog : IProfiles
{
    public const string Default = "guarded";

    private readonly FrozenDictionary<string, Profile> _profiles;
    private readonly FrozenSet<string> _patternMayAllow;

    public ProfileCatalog()
        : this(BuiltIn())
    {
    }

    /// <exception cref="InvalidDataException">A rule names an effect or place that does not exist, or there is no default profile.</exception>
    internal ProfileCatalog(ReadOnlySpan<byte> json)
    {
        Version = "profiles-" + Convert.ToHexStringLower(SHA256.HashData(json))[..12];
        var file = JsonSerializer.Deserialize<ProfileFile>(json, LighthouseJson.Options) ?? throw new InvalidDataException("The profiles are empty.");
        foreach (var (profile, rules) in file.Profiles)
        {
            foreach (var rule in rules)
            {
                foreach (var name in (rule.Effects ?? []).Concat(rule.Places ?? []))
                {
                    if (!Profile.IsKnown(name))
                    {
                        throw new InvalidDataException($"Rule {profile}:{rule.Id} names '{name}', which is neither an effect nor a place.");
                    }
                }
            }
        }

        _profiles = file.Profiles.ToFrozenDictionary(pair => pair.Key, pair => new Profile(pair.Key, pair.Value));
        _patternMayAllow = (file.PatternMayAllow ?? []).ToFrozenSet();
        if (!_profiles.ContainsKey(Default))
        {
            throw new InvalidDataException($"There is no profile '{Default}'.");
        }
    }

    public string Version { get; }

    public IReadOnlyCollection<string> Names => _profiles.Keys;

    public bool PatternMayAllow(string profileName) => _patternMayAllow.Contains(profileName);

    public IReadOnlyList<string> Effects => Profile.Effects;

    public IReadOnlyList<string> Places => Profile.Places;

    public IReadOnlyList<ProfileRuleSummary> Rules(string profileName) => _profiles.TryGetValue(profileName, out var profile) ? profile.Rules : [];

    // A misspelt name must not open the gate.
    public ProfileVerdict Evaluate(string profileName, Analysis analysis) =>
        _profiles.TryGetValue(profileName, out var profile)
            ? profile.Evaluate(analysis)
            : new ProfileVerdict(Verdict.Escalate, ["profile:unknown"], $"The profile '{profileName}' does not exist");

    private static byte[] BuiltIn()
    {
        using var stream = typeof(ProfileCatalog).Assembly.GetManifestResourceStream("Lighthouse.Engine.Validation.Policies.profiles.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record ProfileFile(Dictionary<string, List<ProfileRule>> Profiles, IReadOnlyList<string>? PatternMayAllow = null);
}
