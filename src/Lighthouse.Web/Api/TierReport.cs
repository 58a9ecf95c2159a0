using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Api;

/// <param name="Windows">Empty: never measured.</param>
/// <param name="State">Limits, counts since start, what it holds, its breaker; absent for a tier that is not in use.</param>
internal sealed record TierReport(string Tier, IReadOnlyList<TierWindowFigures> Windows, TierState? State)
{
    public static IReadOnlyList<TierReport> Of(IFigures figures, ISpeedLayer layer)
    {
        var states = layer.Tiers();
        return [.. figures.Tiers().Select(tier => new TierReport(tier.Tier, tier.Windows, states.FirstOrDefault(state => state.Tier == tier.Tier)))];
    }
}
