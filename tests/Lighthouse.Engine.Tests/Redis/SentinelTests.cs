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

        // More clients in this process than processors: while the master is gone, each of them lets a thread of the pool wait.
        await using var other = await Node.StartAsync($"{sentinel.EndPoint},serviceName=tower");
        await using var third = await Node.StartAsync($"{sentinel.EndPoint},serviceName=tower");
        await using var fourth = await Node.StartAsync($"{sentinel.EndPoint},serviceName=tower");
        await Storm.PrepareAsync(other);
        var storm = new Storm(node);
        await storm.HealthyAsync();
        var back = TimeSpan.MaxValue;
        await storm.DuringAsync(
            async () =>
            {
                await master.KillAsync();
                await Eventually.TrueAsync(async () => (await replica.CliAsync("ROLE")).StartsWith("master", StringComparison.Ordinal), "the replica is promoted", 30);
                var promoted = TimeProvider.System.GetTimestamp();
                await Eventually.TrueAsync(() => node.IsConfirmed, "the tier is back", 20);
                back = TimeProvider.System.GetElapsedTime(promoted);
            },
            TimeSpan.FromMilliseconds(500));
        await storm.CheckAsync();
        back.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        TestContext.Current.SendDiagnosticMessage($"confirmed {back.TotalMilliseconds:F0} ms after the promotion");

        await using var cold = await Node.StartAsync($"{sentinel.EndPoint},serviceName=tower");
        (await cold.DecideAsync("rm -rf /")).Verdict.ShouldBe(Verdict.Deny);
    }
}
