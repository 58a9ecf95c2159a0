using Lighthouse.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>What somebody who can write to Redis could try: none of it becomes a verdict.</summary>
[Collection(RealRedis.Name)]
public sealed class TamperedValueTests
{
    [Fact]
    public async Task PlantedValue_IsRefusedCountedAndRemoved()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var victim = await SharedAsync(redis, "cat notes.txt");
        var key = await EntryAsync(redis);
        await redis.CliAsync("SET", key, "\u0001allow everything, please, and for a long time to come");
        (await victim.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
        victim.Tier("redis").Holdings!.Refused.Values.Sum().ShouldBe(1);
        await Eventually.TrueAsync(async () => await redis.CliAsync("EXISTS", key) == "0\n", "the planted value is removed");
    }

    [Fact]
    public async Task ValueCopiedToAnotherKey_IsRefused()
    {
        // `rm -rf /` is denied and `cat` allowed: a copied answer would turn one into the other.
        await using var redis = await RedisServer.StartAsync();
        await using var victim = await SharedAsync(redis, "cat notes.txt", "rm -rf /");
        var keys = await EntriesAsync(redis);
        keys.Length.ShouldBe(2);
        await redis.CliAsync("COPY", keys[0], "spare");
        await redis.CliAsync("COPY", keys[1], keys[0], "REPLACE");
        await redis.CliAsync("COPY", "spare", keys[1], "REPLACE");
        var (read, remove) = (await victim.DecideAsync("cat notes.txt"), await victim.DecideAsync("rm -rf /"));
        (read.Verdict, read.Tier).ShouldBe((Verdict.Allow, DecisionTier.Policy));
        (remove.Verdict, remove.Tier).ShouldBe((Verdict.Deny, DecisionTier.Policy));
        victim.Tier("redis").Holdings!.Refused["not authentic"].ShouldBe(2);
    }

    [Fact]
    public async Task ChangedByte_IsRefused()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var victim = await SharedAsync(redis, "cat notes.txt");
        var key = await EntryAsync(redis);
        foreach (var offset in new[] { 2, 12, 25, 60 })
        {
            await redis.CliAsync("SETBIT", key, $"{offset * 8}", "1");
            await redis.CliAsync("SETBIT", key, $"{(offset * 8) + 1}", "1");
            await redis.CliAsync("SETBIT", key, $"{(offset * 8) + 2}", "1");
        }

        (await victim.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
        victim.Tier("redis").Holdings!.Refused.Values.Sum().ShouldBe(1);
    }

    [Fact]
    public async Task HugeValue_IsNeitherReadWholeNorBelieved()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var victim = await SharedAsync(redis, "cat notes.txt");
        await redis.CliAsync("SETRANGE", await EntryAsync(redis), "100000000", "x");
        // To make room for it takes a busy machine longer than a confirmation lasts.
        await Eventually.TrueAsync(() => victim.IsConfirmed, "Redis answers again");
        (await victim.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
        victim.Tier("redis").Holdings!.Refused["too large"].ShouldBe(1);
    }

    [Fact]
    public async Task ListInPlaceOfAValue_IsRefusedAndIsNoFailureOfRedis()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var victim = await SharedAsync(redis, "cat notes.txt");
        var key = await EntryAsync(redis);
        await redis.CliAsync("DEL", key);
        await redis.CliAsync("RPUSH", key, "x");
        (await victim.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
        victim.Tier("redis").Holdings!.Refused["not a string"].ShouldBe(1);
        victim.Tier("redis").Failed.ShouldBe(0);
    }

    [Fact]
    public async Task LifeProlongedInRedis_DoesNotProlongTheAnswer()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var writer = await Node.StartAsync(redis.EndPoint, services => Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions
            .Configure<Engine.Validation.Redis.RedisOptions>(services, static options => options.TimeToLiveSeconds = 4));
        await using var reader = await Node.StartAsync(redis.EndPoint);
        await writer.DecideAsync("cat notes.txt");
        await writer.WrittenAsync(1);
        await redis.CliAsync("PERSIST", await EntryAsync(redis));
        await Eventually.TrueAsync(
            async () => (await reader.Speed.InspectAsync(reader.Agent.Agent!.Id, Support.EngineHost.Bash("cat notes.txt"), default)).Tiers[1].Holds == false, "the answer expires");
        (await redis.CliAsync("EXISTS", await EntryAsync(redis))).ShouldBe("1\n");
        (await reader.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
    }

    /// <returns>A node that has none of it in memory and would read it from Redis.</returns>
    private static async Task<Node> SharedAsync(RedisServer redis, params string[] commands)
    {
        await using var writer = await Node.StartAsync(redis.EndPoint);
        foreach (var command in commands)
        {
            await writer.DecideAsync(command);
        }

        await writer.WrittenAsync(commands.Length);
        return await Node.StartAsync(redis.EndPoint);
    }

    private static async Task<string> EntryAsync(RedisServer redis) => (await EntriesAsync(redis)).ShouldHaveSingleItem();

    private static async Task<string[]> EntriesAsync(RedisServer redis) =>
        (await redis.CliAsync("--scan", "--pattern", "lighthouse:v1:*")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
