using System.Runtime.CompilerServices;
using Lighthouse.Contracts;
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

internal class ComponentRecorder(StripedCells cells, long ticksPerSecond) : DurationRecorder(cells, ticksPerSecond), IComponentRecorder
{
    public const int Outcomes = 2;
    public const int Failed = 1;

    public void Record(long elapsed, bool error = false) => Add(elapsed, error ? Failed : 0);
}

/// <summary>The validation engine's: what succeeded is told apart by its verdict.</summary>
internal sealed class DecisionRecorder(StripedCells cells, long ticksPerSecond) : ComponentRecorder(cells, ticksPerSecond)
{
    public const int FirstVerdict = 2;
    public static readonly int AllOutcomes = FirstVerdict + Enum.GetValues<Verdict>().Length;

    public void Record(long elapsed, Verdict verdict) => Add(elapsed, FirstVerdict + (int)verdict);
}

internal sealed class TierRecorder(StripedCells cells, long ticksPerSecond) : DurationRecorder(cells, ticksPerSecond), ITierRecorder
{
    public const int Outcomes = 3;

    public void Record(long elapsed, TierOutcome outcome) => Add(elapsed, (int)outcome);
}
