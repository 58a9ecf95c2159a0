using System.Collections.Frozen;
using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Policies;

/// <summary>What each effect means where, compiled to one rule index per effect, place and risk.</summary>
internal sealed class Profile
{
    internal static readonly string[] Effects =
    [
        EffectNames.Read, EffectNames.WriteWorkspace, EffectNames.WriteOutside, EffectNames.Delete, EffectNames.NetworkIn,
        EffectNames.NetworkOut, EffectNames.ExecuteDynamic, EffectNames.Privilege, EffectNames.ProcessControl, EffectNames.PackageInstall,
        EffectNames.HistoryRewrite, EffectNames.CredentialAccess, EffectNames.Infrastructure, EffectNames.Persistence, EffectNames.Unknown,
    ];

    internal static readonly string[] Places =
        ["none", "workspace", "temporary", "outside", "home", "system", "credential", "startup", "protected", "network", "unresolved"];

    private static readonly FrozenDictionary<string, int> EffectIndex = Index(Effects);
    private static readonly FrozenDictionary<string, int> PlaceIndex = Index(Places);
    private const int Risks = 4;

    private readonly CompiledRule[] _table;
    private readonly CompiledRule _incomplete;
    private readonly CompiledRule _nothing;

    public Profile(string name, IReadOnlyList<ProfileRule> rules)
    {
        Name = name;
        Rules = [.. rules.Select(static rule => rule.Summary())];
        var unmatched = new CompiledRule(Verdict.Escalate, [$"{name}:unmatched"], "no rule of the profile covers it");
        _incomplete = new CompiledRule(Verdict.Escalate, [$"{name}:incomplete"], "it could not be fully understood");
        _nothing = new CompiledRule(Verdict.Escalate, [$"{name}:nothing"], "no effect was recognised");
        var compiled = rules.Select(rule => (Rule: rule, Compiled: new CompiledRule(rule.Verdict, [$"{name}:{rule.Id}"], rule.Because ?? ""))).ToArray();
        _table = new CompiledRule[Effects.Length * Places.Length * Risks];
        for (var effect = 0; effect < Effects.Length; effect++)
        {
            for (var place = 0; place < Places.Length; place++)
            {
                for (var risk = 0; risk < Risks; risk++)
                {
                    var match = compiled.FirstOrDefault(pair => pair.Rule.Matches(Effects[effect], Places[place], (Risk)risk)).Compiled;
                    _table[Cell(effect, place, risk)] = match ?? unmatched;
                }
            }
        }
    }

    public string Name { get; }
    public IReadOnlyList<ProfileRuleSummary> Rules { get; }

    /// <summary>Names a rule may use; anything else in the data is a spelling mistake.</summary>
    public static bool IsKnown(string name) => EffectIndex.ContainsKey(name) || PlaceIndex.ContainsKey(name);

    public ProfileVerdict Evaluate(Analysis analysis)
    {
        CompiledRule? worst = null;
        ActionPart? cause = null;
        foreach (var part in analysis.Parts)
        {
            // A word that is not in the vocabulary is a defect of the analysis: nothing may be allowed on it.
            var rule = EffectIndex.TryGetValue(part.Effect, out var effect) && PlaceIndex.TryGetValue(part.Place, out var place)
                && part.Risk is >= Risk.Low and <= Risk.Critical
                ? _table[Cell(effect, place, (int)part.Risk)]
                : _incomplete;
            if (worst is null || rule.Verdict > worst.Verdict)
            {
                (worst, cause) = (rule, part);
            }
        }

        if (worst is null || cause is null)
        {
            return new ProfileVerdict(Verdict.Escalate, (analysis.Complete ? _nothing : _incomplete).Ids, Sentence(analysis.Problem, _nothing));
        }

        if (!analysis.Complete && worst.Verdict < Verdict.Escalate)
        {
            return new ProfileVerdict(Verdict.Escalate, _incomplete.Ids, Sentence(analysis.Problem, _incomplete));
        }

        return worst.Verdict == Verdict.Allow
            ? new ProfileVerdict(Verdict.Allow, worst.Ids, "Only effects that the profile allows")
            : new ProfileVerdict(
                worst.Verdict, worst.Ids, Sentence(cause.Why, worst), new DecidingFact { Part = cause, Rule = worst.Ids[0], Because = worst.Because });
    }

    private static string Sentence(string? what, CompiledRule rule)
    {
        if (string.IsNullOrEmpty(what))
        {
            return char.ToUpperInvariant(rule.Because[0]) + rule.Because[1..];
        }

        var text = new StringBuilder(what.Length + rule.Because.Length + 2).Append(char.ToUpperInvariant(what[0])).Append(what.AsSpan(1));
        return rule.Because.Length == 0 ? text.ToString() : text.Append(": ").Append(rule.Because).ToString();
    }

    private static int Cell(int effect, int place, int risk) => ((effect * Places.Length) + place) * Risks + risk;

    private static FrozenDictionary<string, int> Index(string[] names) =>
        names.Select((name, index) => KeyValuePair.Create(name, index)).ToFrozenDictionary();

    private sealed record CompiledRule(Verdict Verdict, IReadOnlyList<string> Ids, string Because);
}
