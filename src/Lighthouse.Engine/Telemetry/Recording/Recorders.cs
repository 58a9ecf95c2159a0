using System.Runtime.CompilerServices;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.Telemetry.Recording;

/// <summary>One atomic addition: the cell stands for duration and outcome together, so the two can never disagree.</summary>
internal abstract class DurationRecorder(StripedCells cells, long ticksPerSecond)
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly double _nanosecondsPerTick = (double)NanosecondsPerSecond / ticksPerSecond;
    private readonly bool _ticksAreNanoseconds = ticksPerSecond == NanosecondsPerSecond;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Add(long elapsed, int outcome)
    {
        var nanoseconds = _ticksAreNanoseconds ? elapsed : (long)(elapsed * _nanosecondsPerTick);
        cells.Increment((outcome * DurationBuckets.Count) + DurationBuckets.IndexOf(nanoseconds));
    }
}

internal sealed class ComponentRecorder(StripedCells cells, long ticksPerSecond) : DurationRecorder(cells, ticksPerSecond), IComponentRecorder
{
    public const int Outcomes = 2;
    public const int Failed = 1;

    public void Record(long elapsed, bool error = false) => Add(elapsed, error ? Failed : 0);
}

internal sealed class TierRecorder(StripedCells cells, long ticksPerSecond) : DurationRecorder(cells, ticksPerSecond), ITierRecorder
{
    public const int Outcomes = 3;

    public void Record(long elapsed, TierOutcome outcome) => Add(elapsed, (int)outcome);
}
