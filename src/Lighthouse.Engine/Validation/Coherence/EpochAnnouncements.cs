using Lighthouse.Engine.Validation.Contracts;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>What this node changed and has to tell through Redis: counted up until it surely arrived. Twice does no harm, never would.</summary>
internal sealed class EpochAnnouncements(RedisKey key, EpochNotices notices)
{
    private readonly Lock _gate = new();
    private readonly long[] _waiting = new long[Epochs.Kinds.Length];
    private readonly long[] _sent = new long[Epochs.Kinds.Length];

    /// <summary>How many kinds wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count(static moves => moves > 0);
            }
        }
    }

    public void Add(EpochKind kind)
    {
        lock (_gate)
        {
            _waiting[(int)kind]++;
        }
    }

    /// <summary>Called by one loop alone, as are the two below.</summary>
    public async Task SendAsync(IDatabase database)
    {
        for (var kind = 0; kind < _waiting.Length; kind++)
        {
            long waiting;
            lock (_gate)
            {
                waiting = _waiting[kind];
            }

            if (waiting == 0)
            {
                continue;
            }

            await database.HashIncrementAsync(key, Epochs.Fields[kind]);
            _sent[kind]++;
            lock (_gate)
            {
                _waiting[kind] -= waiting;
            }

            await notices.PublishAsync(database, Epochs.Fields[kind]);
        }
    }

    /// <summary>How much of what a counter grew is this node's own.</summary>
    public long SentSinceLastRead(EpochKind kind) => _sent[(int)kind];

    public void Read() => Array.Clear(_sent);
}
