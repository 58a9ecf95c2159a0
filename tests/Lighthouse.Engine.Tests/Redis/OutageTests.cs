using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>Redis dies, hangs, or was never there, while agents ask. Slower is allowed, wrong is not, and it comes back by itself.</summary>
[Collection(RealRedis.Name)]
public sealed class OutageTests
{
    [Fact]
    public async Task RedisDownAtStart_IsNoErrorAndIsFoundLater()
    {
        var port = RedisServer.FreePort();
        await using var node = await Node.StartAsync($"127.0.0.1:{port}", ready: false);
        (await node.DecideAsync("cat notes.txt")).Verdict.ShouldBe(Verdict.Allow);
        (await node.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy, "unconfirmed, nothing remembered answers");
        node.Speed.Redis()!.Connected.ShouldBeFalse();

        await using var redis = await RedisServer.StartOnAsync(port);
        await Eventually.TrueAsync(() => node.IsConfirmed, "Redis is found");
        await node.DecideAsync("cat notes.txt");
        await node.WrittenAsync(1);
    }

    [Fact]
    public async Task SoleNode_TrustsItsMemoryWhileRedisIsAway()
    {
        await using var node = await Node.StartAsync(
            $"127.0.0.1:{RedisServer.FreePort()}",
            static services => Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<Engine.Validation.Redis.RedisOptions>(services, static options => options.SoleNode = true),
            ready: false);
        await node.DecideAsync("cat notes.txt");
        (await node.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Memory);
        node.Epochs.Advance(EpochKind.Policies);
        (await node.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
    }

    [Fact]
    public async Task WrongPassword_IsShownAndHarmless()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", "right");
        await using var node = await Node.StartAsync(redis.EndPoint + ",password=wrong", ready: false);
        (await node.DecideAsync("rm -rf /")).Verdict.ShouldBe(Verdict.Deny);
        (await node.DecideAsync("cat notes.txt")).Verdict.ShouldBe(Verdict.Allow);
        await Eventually.TrueAsync(() => node.Speed.Redis()!.Problem is not null && !node.Speed.Redis()!.Connected, "the problem is shown");
        node.Speed.Redis()!.Problem!.ShouldNotContain("wrong,");
        await using var right = await Node.StartAsync(redis.EndPoint + ",password=right");
        await right.DecideAsync("cat notes.txt");
        await right.WrittenAsync(1);
    }

    [Fact]
    public async Task KilledMidLoad_NoWrongAnswerNoLongWaitAndBackByItself()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint, timeout: Node.DefaultTimeout);
        await using var other = await Node.StartAsync(redis.EndPoint);
        await Storm.PrepareAsync(other);
        var storm = new Storm(node);
        await storm.HealthyAsync();
        await storm.DuringAsync(redis.KillAsync, TimeSpan.FromSeconds(2));
        node.IsConfirmed.ShouldBeFalse();
        await storm.DuringAsync(() => redis.StartAgainAsync(), TimeSpan.FromSeconds(1), least: 0);
        await Eventually.TrueAsync(() => node.IsConfirmed, "confirmed again", 10);
        await storm.CheckAsync();
        await SharesAgainAsync(node, redis);
    }

    [Fact]
    public async Task HangingMidLoad_NoWrongAnswerNoLongWaitAndBackByItself()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint, timeout: Node.DefaultTimeout);
        await using var other = await Node.StartAsync(redis.EndPoint);
        await Storm.PrepareAsync(other);
        var storm = new Storm(node);
        await storm.HealthyAsync();
        await storm.DuringAsync(() => Sync(redis.Hang), TimeSpan.FromSeconds(3));
        node.IsConfirmed.ShouldBeFalse();
        await storm.DuringAsync(() => Sync(redis.Continue), TimeSpan.FromSeconds(1), least: 0);
        await Eventually.TrueAsync(() => node.IsConfirmed, "confirmed again", 10);
        await storm.CheckAsync();
        await SharesAgainAsync(node, redis);
    }

    [Fact]
    public async Task SlowRedis_CostsAtMostTheHardLimitAndAnswersRight()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint, timeout: Node.DefaultTimeout);
        await using var other = await Node.StartAsync(redis.EndPoint);
        await Storm.PrepareAsync(other);
        var storm = new Storm(node);
        await storm.HealthyAsync();
        // Redis does nothing else for 200 ms, again and again.
        await storm.DuringAsync(
            async () =>
            {
                for (var i = 0; i < 8; i++)
                {
                    await redis.CliAsync("EVAL", "local t=redis.call('TIME') local e=t[1]*1000000+t[2]+200000 repeat t=redis.call('TIME') until t[1]*1000000+t[2]>e", "0");
                }
            },
            TimeSpan.Zero);
        await storm.CheckAsync();
        await Eventually.TrueAsync(() => node.IsConfirmed, "confirmed");
    }

    private static Task Sync(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task SharesAgainAsync(Node node, RedisServer redis)
    {
        await Eventually.TrueAsync(() => node.IsConfirmed && node.Speed.Redis()!.WaitingWrites == 0, "the load's own writes are through", 10);
        await node.DecideAsync("cat after-the-outage.txt");
        await Eventually.TrueAsync(
            async () => (await node.Speed.InspectAsync(node.Agent.Agent!.Id, Support.EngineHost.Bash("cat after-the-outage.txt"), default)).Tiers[1].Holds == true, "Redis holds it", 10);
        await using var other = await Node.StartAsync(redis.EndPoint);
        (await other.DecideAsync("cat after-the-outage.txt")).Tier.ShouldBe(DecisionTier.Redis);
    }
}
