using System.Collections.Concurrent;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <summary>What all nodes remember together. It is asked only while the generation is confirmed; away, it is as if it were empty.</summary>
internal sealed class RedisTier(
    RedisConnection connection, EntryKeys keys, ValueSeal seal, NegativeFilter filter, WriteBehind writes, IOptions<RedisOptions> options, TimeProvider time,
    ILogger<RedisTier> log) : IPromotionTier
{
    private readonly ConcurrentDictionary<string, long> _refused = new();
    private readonly int _largest = options.Value.MaxValueBytes;
    private readonly TimeSpan _timeToLive = TimeSpan.FromSeconds(options.Value.TimeToLiveSeconds);

    public string Name => "redis";

    public TierLimits Limits => TierLimits.Milliseconds(soft: 5, options.Value.TimeoutMilliseconds);

    public bool IsInUse => options.Value.IsConfigured;

    public bool IsRemote => true;

    public void WhenHeardFrom(Action heard) => connection.HeardFrom += heard;

    public ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        if (!connection.TryGet(out var database))
        {
            return new(TierAnswer.AbstainUnasked("not connected"));
        }

        var key = keys.Of(asked);
        return filter.MayContain(key) ? ReadAsync(database, key) : new(TierAnswer.AbstainUnasked());
    }

    public void Promote(TierRequest asked, TierVerdict verdict, DateTimeOffset? expiresAt)
    {
        // What came from here is here.
        if (verdict.Tier == DecisionTier.Redis || asked.Scope.Stamp is not { } stamp)
        {
            return;
        }

        var key = keys.Of(asked);
        var latest = time.GetUtcNow() + _timeToLive;
        var until = expiresAt < latest ? expiresAt.Value : latest;
        var value = seal.Close(key, verdict, until);
        if (value.Length > _largest)
        {
            Count(Refusals.TooLarge);
            return;
        }

        writes.Add(new PendingEntry(key, value, until, stamp));
    }

    public TierHoldings Holdings() =>
        new(null, null, null, null, null, null, null, _refused.ToDictionary(static one => one.Key, static one => one.Value), null, _timeToLive);

    public async ValueTask<HeldBy> InspectAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        if (!connection.TryGet(out var database))
        {
            return new HeldBy(Name, null, null, null, null, null, "Redis cannot be reached.");
        }

        try
        {
            var key = keys.Of(asked);
            var value = await database.StringGetRangeAsync(keys.NameOf(key), 0, _largest, CommandFlags.DemandMaster).WaitAsync(TimeSpan.FromSeconds(1), time, cancellationToken);
            var (verdict, expiresAt, refused) = value.IsNullOrEmpty ? (null, default, null) : seal.Open(key, ((ReadOnlyMemory<byte>)value).Span);
            return verdict is null
                ? new HeldBy(Name, Holds: false, null, null, null, null, refused is null ? null : $"A value is there, and refused: {refused}.")
                : new HeldBy(Name, Holds: true, verdict.Verdict, expiresAt - _timeToLive, expiresAt, null, null);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            return new HeldBy(Name, null, null, null, null, null, RedisConnection.Brief(exception));
        }
    }

    private async ValueTask<TierAnswer> ReadAsync(IDatabase database, EntryKey key)
    {
        var name = keys.NameOf(key);
        try
        {
            // A range, one byte past the largest: nobody can make this node swallow more than that.
            var value = await database.StringGetRangeAsync(name, 0, _largest, CommandFlags.DemandMaster).ConfigureAwait(false);
            if (value.IsNullOrEmpty)
            {
                return TierAnswer.Abstain();
            }

            var (verdict, expiresAt, refused) = seal.Open(key, ((ReadOnlyMemory<byte>)value).Span);
            return verdict is not null ? new TierAnswer(verdict, null, Failed: false, expiresAt)
                : refused is null ? TierAnswer.Abstain("expired")
                : Refuse(database, name, refused);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return Refuse(database, name, Refusals.NotAString);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            return TierAnswer.Away(RedisConnection.Brief(exception));
        }
    }

    private TierAnswer Refuse(IDatabase database, RedisKey name, string reason)
    {
        if (Count(reason) == 1)
        {
            log.ValueRefused(reason);
        }

        // It stood in the way of the true answer, which is never written over another one.
        database.KeyDelete(name, CommandFlags.FireAndForget | CommandFlags.DemandMaster);
        return TierAnswer.Abstain("refused: " + reason);
    }

    private long Count(string reason) => _refused.AddOrUpdate(reason, 1, static (_, count) => count + 1);
}
