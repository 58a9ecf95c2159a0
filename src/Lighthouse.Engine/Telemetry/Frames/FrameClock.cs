namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>Seconds of the calendar that never run backwards and skip none: the wall clock is read once, then time is measured.</summary>
internal sealed class FrameClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _startTimestamp = time.GetTimestamp();

    private DateTimeOffset Now => _start + time.GetElapsedTime(_startTimestamp);

    /// <summary>The second that has just ended; a timer that is early or late by less than half a second does not matter.</summary>
    public long EndedSecond => (Now.ToUnixTimeMilliseconds() + 500) / 1_000 - 1;

    /// <summary>From now to the end of the second that is running once <see cref="EndedSecond"/> is closed.</summary>
    public TimeSpan ToNextEnd => DateTimeOffset.FromUnixTimeSeconds(EndedSecond + 2) - Now;

    public DateTimeOffset EndOf(long second) => DateTimeOffset.FromUnixTimeSeconds(second + 1);
}
