using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>What each effect means where, for every profile.</summary>
public interface IProfiles
{
    /// <summary>Changes with any change of the rules.</summary>
    string Version { get; }

    IReadOnlyCollection<string> Names { get; }

    /// <summary>True where the profile lets the pattern tier allow what the profile itself escalates. No profile does by default.</summary>
    bool PatternMayAllow(string profileName);

    /// <summary>Every effect and every place that a rule can name, in the order in which people read them.</summary>
    IReadOnlyList<string> Effects { get; }
    IReadOnlyList<string> Places { get; }

    /// <summary>The rules of a profile in their order: of each part of an action the first that fits decides. Empty for an unknown profile.</summary>
    IReadOnlyList<ProfileRuleSummary> Rules(string profileName);

    /// <summary>Never throws; an unknown profile escalates everything.</summary>
    ProfileVerdict Evaluate(string profileName, Analysis analysis);
}

/// <param name="Rules">The rules that decided, as <c>profile:rule</c>.</param>
/// <param name="Reason">One sentence in plain words.</param>
/// <param name="Deciding">The part that decided and the rule that fits it; null for allow, and where no part decided.</param>
public sealed record ProfileVerdict(Verdict Verdict, IReadOnlyList<string> Rules, string Reason, DecidingFact? Deciding = null);

/// <summary>One rule of a profile. Empty lists and absent risks fit anything.</summary>
/// <param name="Because">Why, as an agent and a reviewer read it; empty where it allows.</param>
public sealed record ProfileRuleSummary(
    string Id, Verdict Verdict, IReadOnlyList<string> Effects, IReadOnlyList<string> Places, Risk? Risk, Risk? RiskAtMost, string Because);
