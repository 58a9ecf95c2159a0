using Lighthouse.Engine.Telemetry.Frames;

namespace Lighthouse.Engine.Telemetry.Export;

/// <summary>Receives all counts since start, of one moment.</summary>
internal interface ITotalsReader
{
    void Begin(FiguresSnapshot snapshot);
    void Component(string name, Merged total);
    void Tier(string name, Merged total);

    /// <param name="counts">By <see cref="Lighthouse.Contracts.Verdict"/>.</param>
    void Verdicts(ReadOnlySpan<long> counts);
}
