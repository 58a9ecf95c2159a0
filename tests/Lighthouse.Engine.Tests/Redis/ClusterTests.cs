using System.Diagnostics;
using System.Globalization;
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
        await Storm.PrepareAsync(node);
        var storm = new Storm(strict);
        await storm.HealthyAsync();
        await storm.DuringAsync(second.KillAsync, TimeSpan.FromSeconds(4));
        await storm.DuringAsync(
            async () =>
            {
                await second.StartAgainAsync();
                await ReadyAsync(servers);
            },
            TimeSpan.Zero, least: 0);
        await Eventually.TrueAsync(() => strict.IsConfirmed, "the tier is back", 10);
        await storm.CheckAsync();
    }

    [Fact]
    public async Task MasterDies_ItsReplicaTakesOverWithinTenSeconds()
    {
        var servers = new List<RedisServer>();
        try
        {
            for (var i = 0; i < 6; i++)
            {
                servers.Add(await StartAsync());
            }

            await CreateAsync([.. servers], replicas: 1);
            var configuration = string.Join(',', servers.Select(static one => one.EndPoint));
            await using var other = await Node.StartAsync(configuration);
            await Storm.PrepareAsync(other);
            await using var node = await Node.StartAsync(configuration, timeout: Node.DefaultTimeout);
            var (master, replica) = await OwnersAsync(servers, "lighthouse:epochs");
            var storm = new Storm(node);
            await storm.HealthyAsync();
            var back = TimeSpan.MaxValue;
            await storm.DuringAsync(
                async () =>
                {
                    // The one that keeps the epochs: while it is away nothing at all is confirmed.
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
            (await node.DecideAsync("rm -rf /")).Verdict.ShouldBe(Verdict.Deny);
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static Task<RedisServer> StartAsync() =>
        RedisServer.StartAsync("--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-config-file", "nodes.conf");

    /// <summary>The master that keeps the key, and its replica.</summary>
    private static async Task<(RedisServer Master, RedisServer Replica)> OwnersAsync(IReadOnlyList<RedisServer> servers, string key)
    {
        RedisServer? master = null;
        foreach (var server in servers)
        {
            if ((await server.CliAsync("ROLE")).StartsWith("master", StringComparison.Ordinal) && (await server.CliAsync("EXISTS", key)).Trim() == "1")
            {
                master = server;
            }
        }

        var port = master.ShouldNotBeNull().Port.ToString(CultureInfo.InvariantCulture);
        foreach (var server in servers)
        {
            var role = (await server.CliAsync("ROLE")).Split('\n');
            if (role is ["slave", _, var of, ..] && of == port)
            {
                return (master, server);
            }
        }

        throw new InvalidOperationException("The master has no replica.");
    }

    private static async Task CreateAsync(RedisServer[] servers, int replicas = 0)
    {
        using var create = Process.Start(new ProcessStartInfo("redis-cli",
            ["--cluster", "create", .. servers.Select(static one => one.EndPoint), "--cluster-replicas", $"{replicas}", "--cluster-yes"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await create.StandardOutput.ReadToEndAsync();
        await create.WaitForExitAsync();
        create.ExitCode.ShouldBe(0, output);
        await ReadyAsync(servers);
        // Until the replicas follow, none of them could take over.
        foreach (var server in servers)
        {
            await Eventually.TrueAsync(
                async () => await server.CliAsync("INFO", "replication") is var state
                    && (state.Contains("role:master", StringComparison.Ordinal) ? state.Contains($"connected_slaves:{replicas}", StringComparison.Ordinal) : state.Contains("master_link_status:up", StringComparison.Ordinal)),
                "the replicas follow", 60);
        }
    }

    private static async Task ReadyAsync(RedisServer[] servers)
    {
        foreach (var server in servers)
        {
            await Eventually.TrueAsync(async () => (await server.CliAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal), "the cluster is ready", 60);
        }
    }
}
