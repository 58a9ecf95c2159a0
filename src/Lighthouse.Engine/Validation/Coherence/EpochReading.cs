using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>The shared state as one read found it.</summary>
/// <param name="Incarnation">Changes when Redis lost what it knew; null when there is no state yet.</param>
/// <param name="Counters">One per kind of epoch; they only grow while the incarnation stays.</param>
/// <param name="Announced">Grows with every announcement of entries to come.</param>
internal sealed record EpochReading(string? Incarnation, long[] Counters, long Announced)
{
    public const string IncarnationField = "incarnation";
    public const string AnnouncedField = "announced";
    private const int LongestIncarnation = 64;

    /// <summary>What no node writes reads as nothing: that looks like a store that went back, and begins a new incarnation.</summary>
    public static EpochReading From(HashEntry[] fields)
    {
        string? incarnation = null;
        var counters = new long[Epochs.Kinds.Length];
        var announced = 0L;
        foreach (var field in fields)
        {
            if (field.Name == IncarnationField)
            {
                incarnation = (string?)field.Value is { Length: > 0 and <= LongestIncarnation } text ? text : null;
            }
            else if (field.Name == AnnouncedField)
            {
                announced = Number(field.Value);
            }
            else if (Array.IndexOf(Epochs.Fields, (string?)field.Name) is >= 0 and var kind)
            {
                counters[kind] = Number(field.Value);
            }
        }

        return new EpochReading(incarnation, counters, announced);
    }

    /// <summary>True when the store forgot something that this node has already seen.</summary>
    public bool IsBehind(EpochReading? seen) =>
        seen is not null && seen.Incarnation == Incarnation
        && (Announced < seen.Announced || Counters.Zip(seen.Counters, static (now, before) => now < before).Any(static less => less));

    private static long Number(RedisValue value) => value.TryParse(out long number) ? Math.Max(0, number) : 0;
}
