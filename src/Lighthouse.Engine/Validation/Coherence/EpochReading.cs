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

    // What no node writes is not fetched: neither other fields, however many, nor long values.
    private const int LongestNumber = 20;
    private static readonly RedisValue[] Known = [IncarnationField, AnnouncedField, .. Epochs.Fields.Select(static field => (RedisValue)field)];

    /// <summary>What no node writes reads as nothing: that looks like a store that went back, and begins a new incarnation.</summary>
    public static async Task<EpochReading> FromAsync(IDatabase database, RedisKey key)
    {
        var lengths = await Task.WhenAll(Known.Select(field => database.HashStringLengthAsync(key, field, CommandFlags.DemandMaster)));
        var asked = Known.Where((field, i) => lengths[i] <= (field == IncarnationField ? LongestIncarnation : LongestNumber)).ToArray();
        var values = asked.Length == 0 ? [] : await database.HashGetAsync(key, asked, CommandFlags.DemandMaster);
        var incarnation = (string?)Value(IncarnationField);
        return new EpochReading(
            incarnation is { Length: > 0 and <= LongestIncarnation } ? incarnation : null, [.. Epochs.Fields.Select(field => Number(Value(field)))], Number(Value(AnnouncedField)));

        RedisValue Value(RedisValue field) => Array.IndexOf(asked, field) is >= 0 and var at ? values[at] : RedisValue.Null;
    }

    /// <summary>True when the store forgot something that this node has already seen.</summary>
    public bool IsBehind(EpochReading? seen) =>
        seen is not null && seen.Incarnation == Incarnation
        && (Announced < seen.Announced || Counters.Zip(seen.Counters, static (now, before) => now < before).Any(static less => less));

    private static long Number(RedisValue value) => value.TryParse(out long number) ? Math.Max(0, number) : 0;
}
