using System.Globalization;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Features.Policies;

/// <summary>Policy sets in the words of the screen.</summary>
internal static class PolicyWords
{
    /// <summary><c>human:kim</c> is kim; others keep their kind.</summary>
    public static string Who(string actor) => actor.StartsWith("human:", StringComparison.Ordinal) ? actor["human:".Length..] : actor.Replace(":", " ", StringComparison.Ordinal);

    public static string Version(int number) => number == 0 ? "no policy set" : $"version {number}";

    public static string Count(int count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many ?? one + "s")}");

    public static string Of(PolicySetSummary summary) => summary.Errors > 0
        ? Count(summary.Errors, "error")
        : $"{Count(summary.Policies, "policy", "policies")} · {Count(summary.Examples, "example")}";

    public static string Of(EscalationTerms terms) => string.Join(" · ", new[]
    {
        terms.Experts.Count > 0 ? "asks " + string.Join(", ", terms.Experts) : null,
        terms.Quorum is { } quorum ? Count(quorum, "reviewer") : null,
        terms.DeadlineSeconds is { } seconds ? $"within {seconds:#,0} s" : null,
    }.OfType<string>());

    /// <summary>What a policy does when it matches.</summary>
    public static string Does(PolicySummary policy) => policy.Effect switch { "permit" => "lifts an escalation", "escalate" => "asks a human", _ => "denies" };

    public static string Shape(PolicySummary policy) => policy.Effect switch { "permit" => "✓", "escalate" => "◆", _ => "✕" };

    public static string Class(PolicySummary policy) => policy.Effect switch { "permit" => "allow", "escalate" => "escalate", _ => "deny" };
}
