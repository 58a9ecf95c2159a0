using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

[Collection(RealRedis.Name)]
public sealed class SharedTierTests
{
    [Fact]
    public async Task ColdNode_ReadsWhatAnotherWrote()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        (await first.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
        (await first.DecideAsync("rm -rf /")).Verdict.ShouldBe(Verdict.Deny);
        await first.WrittenAsync(2);

        await using var second = await Node.StartAsync(redis.EndPoint);
        var shared = await second.DecideAsync("cat notes.txt");
        (shared.Tier, shared.Verdict).ShouldBe((DecisionTier.Redis, Verdict.Allow));
        (await second.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Memory);
        var denied = await second.DecideAsync("rm -rf /");
        (denied.Tier, denied.Verdict).ShouldBe((DecisionTier.Redis, Verdict.Deny));
    }

    [Fact]
    public async Task WarmNode_ReadsWhatAnotherWritesLater()
    {
        // The predecessor's node kept a filter of its own writes, and so never saw what others wrote after it had started.
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint);
        await second.DecideAsync("cat a.txt");
        for (var i = 0; i < 20; i++)
        {
            await first.DecideAsync($"cat file{i}.txt");
        }

        await first.WrittenAsync(20);
        for (var i = 0; i < 20; i++)
        {
            (await second.DecideAsync($"cat file{i}.txt")).Tier.ShouldBe(DecisionTier.Redis);
        }
    }

    [Fact]
    public async Task NegativeFilter_SparesRedisTheQuestion()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        for (var i = 0; i < 50; i++)
        {
            await node.DecideAsync($"cat file{i}.txt");
        }

        node.Speed.Redis()!.FilterSaved.ShouldBeGreaterThanOrEqualTo(50);
        (await redis.CliAsync("INFO", "commandstats")).ShouldNotContain("cmdstat_getrange:calls=5");
    }

    [Fact]
    public async Task Redis_HoldsNoWordOfACommand()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        await node.DecideAsync("cat xyzzy-secret-name.txt");
        await node.WrittenAsync(1);
        foreach (var key in (await redis.CliAsync("--scan")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            key.ShouldNotContain("xyzzy");
            (await redis.CliAsync("DUMP", key)).ShouldNotContain("xyzzy");
        }
    }

    [Fact]
    public async Task Escalation_IsNeverStored()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        (await node.DecideAsync("frobnicate --all")).Verdict.ShouldBe(Verdict.Escalate);
        await node.DecideAsync("cat notes.txt");
        await node.WrittenAsync(1);
        node.Speed.Redis()!.WaitingWrites.ShouldBe(0);
        node.Speed.Redis()!.Written.ShouldBe(1);
    }

    [Fact]
    public async Task OtherTowerKey_SharesNothingAndIsHarmless()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await first.DecideAsync("cat notes.txt");
        await first.WrittenAsync(1);
        await using var stranger = await Node.StartAsync(redis.EndPoint, key: "another tower with a key of its own");
        (await stranger.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
    }

    [Fact]
    public async Task Inspector_NamesWhoHoldsTheAnswer()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        await node.DecideAsync("cat notes.txt");
        await node.WrittenAsync(1);
        var decision = await node.DecideAsync("cat notes.txt");
        var inspection = await node.Speed.InspectAsync(decision.Id, CancellationToken.None);
        inspection.AnsweredBy.ShouldBe(DecisionTier.Memory);
        inspection.Tiers.Select(static one => (one.Tier, one.Holds, one.Verdict))
            .ShouldBe([("memory", (bool?)true, (Verdict?)Verdict.Allow), ("redis", true, Verdict.Allow)]);
        inspection.KeyParts.Select(static one => one.Name).ShouldContain("generation");

        node.Epochs.Advance(EpochKind.Policies);
        (await node.Speed.InspectAsync(decision.Id, CancellationToken.None)).Tiers.ShouldAllBe(static one => one.Holds == false);
    }
}
