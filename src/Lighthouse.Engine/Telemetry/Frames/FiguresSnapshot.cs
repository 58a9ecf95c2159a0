using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>All figures as of one closed second: what the interface, the API and the export show comes from the same one.</summary>
internal sealed record FiguresSnapshot(
    DateTimeOffset AsOf, IReadOnlyList<ComponentFigures> Components, IReadOnlyList<TierFigures> Tiers, IReadOnlyList<VerdictMix> Verdicts);
