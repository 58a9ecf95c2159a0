using System.Threading.Channels;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>The time between two checks, and what cuts it short: a change here, a connection that came back, a notice of another node. Nothing rests on notices.</summary>
internal sealed class EpochNotices(RedisChannel channel, TimeSpan checkEvery, TimeProvider time, ILogger log)
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _subscribed;

    public void Wake() => _wake.Writer.TryWrite(true);

    public Task PublishAsync(IDatabase database, RedisValue message) => database.PublishAsync(channel, message);

    public async Task SubscribeAsync(IConnectionMultiplexer? multiplexer)
    {
        if (_subscribed || multiplexer is null)
        {
            return;
        }

        try
        {
            await multiplexer.GetSubscriber().SubscribeAsync(channel, (_, _) => Wake());
            _subscribed = true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            log.NoNotices(RedisConnection.Brief(exception));
        }
    }

    public async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var rest = new CancellationTokenSource(checkEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(rest.Token, stoppingToken);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look, or to stop.
        }
    }
}
