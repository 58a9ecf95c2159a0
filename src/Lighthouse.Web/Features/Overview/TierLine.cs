using Lighthouse.Contracts;

namespace Lighthouse.Web.Features.Overview;

/// <param name="Share">Of all answers in the window, 0 to 1; null while nothing was answered.</param>
public sealed record TierLine(string Tier, long Answers, double? Share, double? P50Ms)
{
    public static IReadOnlyList<TierLine> Of(IReadOnlyList<TierFigures> tiers, string window)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        var read = tiers.Select(tier => (tier.Tier, Figures: tier.Windows.FirstOrDefault(one => one.Window == window))).ToList();
        var total = read.Sum(tier => tier.Figures?.Hits ?? 0);
        return [.. read.Select(tier => new TierLine(
            tier.Tier,
            tier.Figures?.Hits ?? 0,
            total == 0 ? null : (double)(tier.Figures?.Hits ?? 0) / total,
            tier.Figures is { Count: > 0 } ? tier.Figures.P50Ms : null))];
    }
}
