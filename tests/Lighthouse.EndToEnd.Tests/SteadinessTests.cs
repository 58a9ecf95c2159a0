using System.Diagnostics;
using System.Globalization;
using Lighthouse.Client;
using Lighthouse.EndToEnd.Tests.Harness;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>The cost of a request does not grow with the requests before it.</summary>
public sealed class SteadinessTests(ITestOutputHelper output)
{
    private const int Agents = 20;

    private static readonly bool Soak = Environment.GetEnvironmentVariable("LIGHTHOUSE_SOAK") == "1";

    [Fact]
    public async Task Hub_LastRequests_AreAsFastAsTheFirstWarmOnes()
    {
        var (block, blocks) = Soak ? (10_000, 10) : (4_000, 5);
        await using var tower = await Tower.StartAsync();
        using var operations = tower.Operator;
        var keys = await operations.CreateAgentsAsync("steady", Agents);
        var connections = keys.Select(key => new AgentConnection(tower.Url, key.Secret)).ToArray();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var rates = new List<double>();
        var memory = new List<double>();
        var costs = new List<double>();
        foreach (var connection in connections)
        {
            await connection.StartAsync();
        }

        for (var i = 0; i < blocks; i++)
        {
            var clock = Stopwatch.StartNew();
            tower.Process.Refresh();
            var processor = tower.Process.TotalProcessorTime;
            var answers = await Task.WhenAll(connections.Select((connection, number) => DecideAsync(connection, number, block / Agents, i)));
            rates.Add(block / clock.Elapsed.TotalSeconds);
            tower.Process.Refresh();
            costs.Add((tower.Process.TotalProcessorTime - processor).TotalMicroseconds / block);
            memory.Add(tower.Process.WorkingSet64 / 1048576.0);
            ids.UnionWith(answers.SelectMany(static one => one));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"requests/s {string.Join(' ', rates.Select(static one => one.ToString("0")))}; us of processor a request {string.Join(' ', costs.Select(static one => one.ToString("0")))}; MB {string.Join(' ', memory.Select(static one => one.ToString("0")))}"));
        ids.Count.ShouldBe(block * blocks);
        await foreach (var stored in operations.ReadEventsAsync(type: "decision.recorded"))
        {
            ids.Remove(stored.Payload.GetProperty("id").GetString()!);
        }

        ids.ShouldBeEmpty("acknowledged, but not in the log");
        (await operations.VerifyAsync()).Ok.ShouldBeTrue();
        // Block 0 warms up; block 1 is the first warm one.
        if (Soak)
        {
            rates[^1].ShouldBeGreaterThan(rates[1] * 0.8);
        }

        // Processor time, not the clock: a neighbour on the machine makes a short block slow, but not expensive.
        costs[^1].ShouldBeLessThan(costs[1] * 1.5);
        memory[^1].ShouldBeLessThan((memory[memory.Count / 2] * 1.25) + 32);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task<List<string>> DecideAsync(AgentConnection connection, int number, int count, int round)
    {
        var ids = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            // Half of them repeat within the working set, half are new.
            var command = i % 2 == 0 ? $"cat notes-{i % 100}.txt" : $"cat notes-{round}-{number}-{i}.txt";
            ids.Add((await connection.DecideAsync(Requests.Bash(command))).Id);
        }

        return ids;
    }
}
