using System.Globalization;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Tiers.Pattern;

/// <summary>
/// Scores what the policy tier escalated or could not judge. It raises the risk and says whose eyes are wanted, denies what shows several
/// heavy patterns at once, and otherwise abstains. What the policy tier allows never comes here, so a remembered allow and a fresh one agree.
/// </summary>
internal sealed class PatternTier(PatternOpinion opinion) : ISecondOpinion
{
    public string Name => "pattern";

    public TierLimits Limits => TierLimits.Milliseconds(soft: 10, hard: 100);

    public ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        var (verdict, confidence) = opinion.Of(asked.Request, asked.Analysis, asked.Agent.Profile, asked.Escalated);
        return new(verdict ?? TierAnswer.Abstain(string.Create(CultureInfo.InvariantCulture, $"confidence {confidence:0.000}")));
    }
}
