using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Lighthouse.Engine.Validation.Tiers.Memory;
using Lighthouse.Engine.Validation.Tiers.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>The breaker never opened, whatever Redis did: what asked nobody counted as an answer, and trust ended before five failures had.</summary>
[Collection(RealRedis.Name)]
public sealed class BreakerOfRedisTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task RedisAway_OpensTheBreaker(bool hangs, bool shared)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(
            redis.EndPoint, services => services.Configure<RedisOptions>(options => options.SoleNode = !shared), timeout: Node.DefaultTimeout);
        await Eventually.TrueAsync(() => node.Speed.Coherence().ConfirmedAgo is not null, "the epochs are read");
        for (var i = 0; i < 50; i++)
        {
            await node.DecideAsync($"cat file{i}.txt");
        }

        await node.WrittenAsync(50);
        if (hangs)
        {
            redis.Hang();
        }
        else
        {
            await redis.KillAsync();
        }

        var asked = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                // What Redis holds, and between it what nobody has to be asked about.
                node.Host.Get<DecisionCache>().Clear();
                (await node.DecideAsync($"cat file{asked % 50}.txt")).Verdict.ShouldBe(Verdict.Allow);
                (await node.DecideAsync($"cat never{asked++}.txt")).Verdict.ShouldBe(Verdict.Allow);
                return node.Tier("redis").Breaker!.Opened > 0;
            },
            "the breaker opens");
    }

    [Fact]
    public async Task Unconfirmed_IsNotAskedOnce_AndIsNoMiss()
    {
        await using var node = await Node.StartAsync($"127.0.0.1:{RedisServer.FreePort()}", ready: false);
        await node.DecideAsync("cat notes.txt");
        var memory = node.Tier("memory");
        (memory.NotAsked, memory.Misses).ShouldBe((1, 0));
        (node.Tier("redis").NotAsked, node.Tier("redis").Misses).ShouldBe((1, 0));
    }

    [Fact]
    public async Task MoreThanFits_IsDropped_AndTheBytesStayRight()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        var writes = node.Host.Get<WriteBehind>();
        for (var i = 0; i < 20_000; i++)
        {
            var key = EntryKey.FromDigest(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)));
            writes.Add(new PendingEntry(key, new byte[100], TimeProvider.System.GetUtcNow().AddMinutes(10), node.Epochs.Stamp));
        }

        writes.Dropped.ShouldBeGreaterThan(0);
        await Eventually.TrueAsync(() => writes.Waiting == 0, "everything is written", 60);
        writes.WaitingBytes.ShouldBe(0);
    }

    [Fact]
    public async Task AnswerOverTheLimit_IsNotWritten_AndIsCounted()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        // 250 long names, each of which the answer holds as it was typed and as a whole path: more than 100 kB, of a command within its own limit.
        (await node.DecideAsync("cat " + string.Join(' ', Enumerable.Range(0, 250).Select(static i => $"file{i:000}".PadRight(215, 'x'))))).Verdict.ShouldBe(Verdict.Allow);
        await node.DecideAsync("cat notes.txt");
        await node.WrittenAsync(1);
        node.Tier("redis").Holdings!.Refused.ShouldContainKeyAndValue("too large", 1);
        node.Speed.Redis()!.Written.ShouldBe(1);
    }
}
