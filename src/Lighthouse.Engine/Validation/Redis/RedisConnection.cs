using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Redis;

/// <summary>How Redis is doing, as seen by the ping every ten seconds and by everything else that was answered.</summary>
internal sealed record RedisHealth(bool Connected, string Topology, double? PingMilliseconds, DateTimeOffset? AnsweredAt, string? Problem, long Reconnects);

/// <summary>
/// The one multiplexed connection. Connects in the background and for as long as it takes: Redis that is away at start, or later, is not an
/// error, and nothing waits for it.
/// </summary>
internal sealed class RedisConnection(IOptions<RedisOptions> options, TowerKey key, TimeProvider time, ILogger<RedisConnection> log) : BackgroundService
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private const int ThreadsForWaiting = 16;
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private volatile IConnectionMultiplexer? _multiplexer;
    private volatile IDatabase? _database;
    private volatile RedisHealth _health = new(Connected: false, "unknown", null, null, "not connected yet", 0);
    private long _reconnects;

    /// <summary>Raised when a connection was lost or came back. Handlers must not block.</summary>
    public event Action? Changed;

    /// <summary>Raised whenever a check was answered. Handlers must not block.</summary>
    public event Action? HeardFrom;

    /// <summary>For the health page: read at leisure, not on the way of a request.</summary>
    public RedisHealth Health => _health with { Connected = _multiplexer is { IsConnected: true } && _health.Problem is null, Reconnects = Volatile.Read(ref _reconnects) };

    public IConnectionMultiplexer? Multiplexer => _multiplexer;

    public bool TryGet([NotNullWhen(true)] out IDatabase? database) => (database = _database) is not null;

    public static ConfigurationOptions Parse(string configuration)
    {
        var parsed = ConfigurationOptions.Parse(configuration);
        parsed.AbortOnConnectFail = false;
        // Away means an error at once: a queue would keep requests waiting for a server that may not come back.
        parsed.BacklogPolicy = BacklogPolicy.FailFast;
        parsed.ClientName ??= "lighthouse";
        parsed.ReconnectRetryPolicy = new LinearRetry(500);
        parsed.ConfigCheckSeconds = Math.Min(parsed.ConfigCheckSeconds, 5);
        if (!configuration.Contains("connectTimeout", StringComparison.OrdinalIgnoreCase))
        {
            parsed.ConnectTimeout = 2_000;
        }

        if (!configuration.Contains("asyncTimeout", StringComparison.OrdinalIgnoreCase))
        {
            parsed.AsyncTimeout = 1_000;
        }

        return parsed;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // A key that cannot be read stops the start: without it this node would share nothing, and nobody would notice.
        _ = options.Value.IsConfigured ? key.Id : null;
        if (UsesSentinels)
        {
            KeepThreadsFree();
        }

        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _database = null;
        if (_multiplexer is { } multiplexer)
        {
            _multiplexer = null;
            await multiplexer.DisposeAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsConfigured)
        {
            return;
        }

        await Task.Yield();
        try
        {
            await ConnectAsync(Parse(options.Value.Configuration!), stoppingToken);
            using var timer = new PeriodicTimer(PingEvery, time);
            do
            {
                await PingAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ConnectAsync(ConfigurationOptions configuration, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                // Sentinels that cannot be asked make this throw; a single server that is away does not.
                var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
                multiplexer.ConnectionFailed += (_, failed) => Lost(failed.FailureType.ToString());
                multiplexer.ConnectionRestored += (_, _) => Back();
                _multiplexer = multiplexer;
                _database = multiplexer.GetDatabase();
                Changed?.Invoke();
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was: nothing here is cancelled, and a loop that ends would leave the node alone for good.
                Lost(Brief(exception));
            }

            await Task.Delay(TryAgain, time, stoppingToken);
        }
    }

    private async Task PingAsync()
    {
        try
        {
            var took = await _database!.PingAsync();
            var before = _health;
            _health = new RedisHealth(Connected: true, Topology(), took.TotalMilliseconds, time.GetUtcNow(), null, 0);
            if (before.Problem is not null)
            {
                log.Connected(_health.Topology, key.Id);
            }
        }
        catch (Exception exception)
        {
            Lost(Brief(exception));
        }
    }

    /// <summary>Tells that something else than the ping was answered.</summary>
    public void Answered()
    {
        if (_health.Problem is not null)
        {
            _health = _health with { Problem = null, Topology = Topology(), AnsweredAt = time.GetUtcNow() };
            log.Connected(_health.Topology, key.Id);
        }

        HeardFrom?.Invoke();
    }

    /// <summary>One sentence without the client's diagnostics, which fill a screen.</summary>
    public static string Brief(Exception exception)
    {
        var text = exception.Message;
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        text = end > 0 ? text[..end] : text;
        return text.Length > 160 ? text[..160] + "…" : text;
    }

    private void Lost(string problem)
    {
        if (_health.Problem != problem)
        {
            log.Unreachable(problem);
        }

        _health = _health with { Problem = problem };
        Changed?.Invoke();
    }

    private void Back()
    {
        Interlocked.Increment(ref _reconnects);
        Changed?.Invoke();
    }

    private bool UsesSentinels => options.Value.Configuration?.Contains("serviceName=", StringComparison.OrdinalIgnoreCase) == true;

    // While a master is gone, the client waits for sentinels and servers on threads of the pool. On two processors the pool has two, and adds one
    // every half second: requests that have nothing to do with Redis would wait for seconds.
    private static void KeepThreadsFree()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + ThreadsForWaiting), completions);
    }

    private string Topology() =>
        UsesSentinels ? "sentinel"
        : _multiplexer?.GetServers().Any(static server => server.ServerType == ServerType.Cluster) == true ? "cluster"
        : "single";
}
