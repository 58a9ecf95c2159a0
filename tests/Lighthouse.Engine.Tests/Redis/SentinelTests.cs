using Lighthouse.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

[Collection(RealRedis.Name)]
public sealed class SentinelTests
{
    [Fact]
    public async Task MasterDies_EveryAnswerStaysRightAndTheTierIsBackWithinTenSeconds()
    {
        await using var master = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{master.Port}");
        await Eventually.TrueAsync(async () => (await replica.CliAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal), "the replica follows");
        await using var sentinel = await RedisServer.StartSentinelAsync("tower", master.Port);
        await Eventually.TrueAsync(async () => (await sentinel.CliAsync("SENTINEL", "REPLICAS", "tower")).Contains($"{replica.Port}", StringComparison.Ordinal), "the sentinel knows the replica");

        await using var node = await Node.StartAsync($"{sentinel.EndPoint},serviceName=tower", timeout: Node.DefaultTimeout);
        node.Speed.Redis()!.Topology.ShouldBe("sentinel");
        await node.DecideAsync("cat before.txt");
        await node.WrittenAsync(1);

        var load = new MixedLoad(node);
        await load.HealthyAsync();
        long promoted = 0;
        await load.DuringAsync(
            async () =>
            {
                await master.KillAsync();
                await Eventually.TrueAsync(async () => (await replica.CliAsync("ROLE")).StartsWith("master", StringComparison.Ordinal), "the replica is promoted", 30);
                promoted = TimeProvider.System.GetTimestamp();
                await Eventually.TrueAsync(() => node.IsConfirmed, "the tier is back", 10);
            },
            TimeSpan.FromMilliseconds(500));
        load.Check();
        TimeProvider.System.GetElapsedTime(promoted).TotalSeconds.ShouldBeLessThan(10.5);

        await using var cold = await Node.StartAsync($"{sentinel.EndPoint},serviceName=tower");
        (await cold.DecideAsync("rm -rf /")).Verdict.ShouldBe(Verdict.Deny);
    }
}
