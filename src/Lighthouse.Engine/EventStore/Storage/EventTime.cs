namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>Times as stored and hashed: microseconds since 1970, UTC, the resolution that every database keeps.</summary>
internal static class EventTime
{
    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Never throws: a changed database must stay readable.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds)
    {
        var least = ToMicroseconds(DateTimeOffset.MinValue);
        var most = ToMicroseconds(DateTimeOffset.MaxValue);
        return DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(microseconds, least, most) * TimeSpan.TicksPerMicrosecond);
    }
}
