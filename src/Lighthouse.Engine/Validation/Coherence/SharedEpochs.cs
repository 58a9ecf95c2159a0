using System.Security.Cryptography;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>Something beside the epochs that has to be read from Redis before this node may say that it is up to date.</summary>
internal interface ISharedRead
{
    ValueTask ReadAsync(IDatabase database, EpochReading reading, CancellationToken cancellationToken);
}

/// <summary>
/// The generation that nodes share through Redis. A node is confirmed for <see cref="Lease"/> from the moment at which it began a read that
/// succeeded: whatever another node had announced by then, this one knows. Notices over pub/sub only make it look sooner; nothing rests on them.
/// </summary>
internal sealed class SharedEpochs : BackgroundService, IEpochs
{
    /// <summary>How long a read counts. A change that reached Redis is in force everywhere after this time at the latest.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(200);

    private readonly RedisConnection _connection;
    // Looked up late: who follows the epochs may also advance them.
    private readonly Lazy<IEpochFollower[]> _followers;
    private readonly ISharedRead[] _reads;
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SharedEpochs> _log;
    private readonly EpochJournal _journal;
    private readonly RedisKey _key;
    private readonly EpochNotices _notices;
    private readonly EpochAnnouncements _announcements;
    private readonly string _node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private readonly Lock _gate = new();
    private readonly long _lease;
    private readonly LeftIncarnations _left;
    private EpochReading? _seen;
    private string _stamp;
    private long _moves;
    private long _confirmedUntil;

    public SharedEpochs(
        RedisConnection connection, IServiceProvider services, IEnumerable<ISharedRead> reads, EpochJournal journal, IOptions<RedisOptions> options,
        TimeProvider time, ILogger<SharedEpochs> log)
    {
        (_connection, _options, _time, _log, _journal) = (connection, options.Value, time, log, journal);
        _followers = new(() => [.. services.GetServices<IEpochFollower>()]);
        _reads = [.. reads];
        _key = _options.Prefix + ":epochs";
        _notices = new EpochNotices(RedisChannel.Literal(_options.Prefix + ":epochs"), CheckEvery, time, log);
        _announcements = new EpochAnnouncements(_key, _notices);
        _lease = (long)(Lease.TotalSeconds * time.TimestampFrequency);
        _stamp = _node + ".0";
        _left = new LeftIncarnations(time, TimeSpan.FromSeconds(2 * _options.TimeToLiveSeconds));
        connection.Changed += _notices.Wake;
    }

    public string Stamp => Volatile.Read(ref _stamp);

    public bool IsConfirmed(long nowTimestamp) => nowTimestamp < Volatile.Read(ref _confirmedUntil) || _options.SoleNode;

    /// <summary>How long ago the read began that the confirmation rests on; null before the first.</summary>
    public TimeSpan? Age => Volatile.Read(ref _confirmedUntil) is > 0 and var until ? _time.GetElapsedTime(until - _lease) : null;

    public int Unannounced => _announcements.Waiting;

    public void Advance(EpochKind kind)
    {
        // First this: a check that counts the move below also announces it.
        _announcements.Add(kind);
        lock (_gate)
        {
            _moves++;
            if (Epochs.EndsWhatIsRemembered(kind))
            {
                // A stamp of this node's own until the others have been told: nothing older answers from here on.
                Volatile.Write(ref _stamp, $"{_node}.{_moves}");
                Volatile.Write(ref _confirmedUntil, 0);
            }
        }

        _journal.Add(kind, "this node");
        _notices.Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.IsConfigured)
        {
            return;
        }

        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await CheckAsync(stoppingToken);
            await _notices.WaitAsync(stoppingToken);
        }
    }

    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        var wasConfirmed = Age;
        try
        {
            if (!_connection.TryGet(out var database))
            {
                return;
            }

            await _notices.SubscribeAsync(_connection.Multiplexer);
            await _announcements.SendAsync(database);
            await ConfirmAsync(database, stoppingToken);
            _connection.Answered();
            if (wasConfirmed > 2 * Lease)
            {
                _log.ConfirmedAgain(wasConfirmed.Value);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            // Whatever it was, a follower's fault included: not confirmed, and tried again.
            if (_journal.Failed(RedisConnection.Brief(exception)))
            {
                _log.Unconfirmed(wasConfirmed ?? TimeSpan.Zero, RedisConnection.Brief(exception));
            }
        }
    }

    private async Task ConfirmAsync(IDatabase database, CancellationToken stoppingToken)
    {
        var moves = Moves;
        var started = _time.GetTimestamp();
        var reading = await EpochReading.FromAsync(database, _key);
        if (reading.Incarnation is null)
        {
            // Nobody was here before, or everything was flushed. Whoever comes first names the incarnation.
            await database.HashSetAsync(_key, EpochReading.IncarnationField, Guid.NewGuid().ToString("N"), When.NotExists);
            _notices.Wake();
            return;
        }

        if (_seen?.Incarnation is { } known && known != reading.Incarnation && !_left.TryLeave(known))
        {
            throw new InvalidOperationException("Redis began anew more often than can be followed.");
        }

        if (reading.IsBehind(_seen) || _left.Contains(reading.Incarnation))
        {
            await BeginIncarnationAsync(database, reading.Incarnation);
            return;
        }

        var before = _seen;
        var stamp = StampOf(reading);
        var moved = Moved(before, reading);
        foreach (var follower in _followers.Value)
        {
            await follower.CatchUpAsync(moved, stoppingToken);
        }

        foreach (var read in _reads)
        {
            await read.ReadAsync(database, reading, stoppingToken);
        }

        lock (_gate)
        {
            _seen = reading;
            if (moves != _moves || _announcements.Waiting > 0)
            {
                // Something changed here while we announced or read: the next round announces and reads again.
                return;
            }

            if (stamp != _stamp)
            {
                Volatile.Write(ref _stamp, stamp);
            }

            Volatile.Write(ref _confirmedUntil, started + _lease);
        }

        _journal.Succeeded();
        Note(before, reading);
    }

    /// <summary>After a failover to a copy that lacks the last writes: an epoch that comes back would bring its answers back.</summary>
    private async Task BeginIncarnationAsync(IDatabase database, string lost)
    {
        var transaction = database.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(_key, EpochReading.IncarnationField, lost));
        _ = transaction.HashSetAsync(_key, EpochReading.IncarnationField, Guid.NewGuid().ToString("N"));
        await transaction.ExecuteAsync();
        _log.WentBack();
        _notices.Wake();
    }

    /// <summary>Writes down what others changed; what this node changed stands there already.</summary>
    private void Note(EpochReading? before, EpochReading now)
    {
        if (before is not null && before.Incarnation != now.Incarnation)
        {
            _journal.Add(null, "Redis began anew");
        }

        foreach (var kind in before?.Incarnation == now.Incarnation ? Epochs.Kinds : [])
        {
            if (now.Counters[(int)kind] - before!.Counters[(int)kind] > _announcements.SentSinceLastRead(kind))
            {
                _journal.Add(kind, "another node");
            }
        }

        _announcements.Read();
    }

    private static HashSet<EpochKind> Moved(EpochReading? before, EpochReading now) =>
        before is null || before.Incarnation != now.Incarnation
            ? [.. Epochs.Kinds]
            : [.. Epochs.Kinds.Where(kind => now.Counters[(int)kind] != before.Counters[(int)kind])];

    private static string StampOf(EpochReading reading) =>
        reading.Incarnation + "." + string.Join('.', Epochs.Kinds.Where(Epochs.EndsWhatIsRemembered).Select(kind => reading.Counters[(int)kind]));

    private long Moves
    {
        get
        {
            lock (_gate)
            {
                return _moves;
            }
        }
    }
}
