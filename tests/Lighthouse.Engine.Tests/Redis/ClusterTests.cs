using System.Diagnostics;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

[Collection(RealRedis.Name)]
public sealed class ClusterTests
{
    [Fact]
    public async Task ThreeMasters_ShareAndSurviveTheLossOfOne()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var third = await StartAsync();
        RedisServer[] servers = [first, second, third];
        await CreateAsync(servers);
        var configuration = string.Join(',', servers.Select(static one => one.EndPoint));

        await using var node = await Node.StartAsync(configuration);
        node.Speed.Redis()!.Topology.ShouldBe("cluster");
        for (var i = 0; i < 60; i++)
        {
            await node.DecideAsync($"cat file{i}.txt");
        }

        await node.WrittenAsync(60);
        foreach (var server in servers)
        {
            (await server.CliAsync("--scan", "--pattern", "lighthouse:v1:*")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldNotBeEmpty("entries spread over all servers");
        }

        await using (var cold = await Node.StartAsync(configuration))
        {
            for (var i = 0; i < 60; i++)
            {
                (await cold.DecideAsync($"cat file{i}.txt")).Tier.ShouldBe(DecisionTier.Redis);
            }
        }

        await using var strict = await Node.StartAsync(configuration, timeout: Node.DefaultTimeout);
        var load = new MixedLoad(strict);
        await load.HealthyAsync();
        await load.DuringAsync(second.KillAsync, TimeSpan.FromSeconds(4));
        await load.DuringAsync(
            async () =>
            {
                await second.StartAgainAsync();
                await ReadyAsync(servers);
            },
            TimeSpan.Zero);
        await Eventually.TrueAsync(() => strict.IsConfirmed, "the tier is back", 10);
        load.Check();
    }

    private static Task<RedisServer> StartAsync() =>
        RedisServer.StartAsync("--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-config-file", "nodes.conf");

    private static async Task CreateAsync(RedisServer[] servers)
    {
        using var create = Process.Start(new ProcessStartInfo("redis-cli",
            ["--cluster", "create", .. servers.Select(static one => one.EndPoint), "--cluster-replicas", "0", "--cluster-yes"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await create.StandardOutput.ReadToEndAsync();
        await create.WaitForExitAsync();
        create.ExitCode.ShouldBe(0, output);
        await ReadyAsync(servers);
    }

    private static async Task ReadyAsync(RedisServer[] servers)
    {
        foreach (var server in servers)
        {
            await Eventually.TrueAsync(async () => (await server.CliAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal), "the cluster is ready", 60);
        }
    }
}
