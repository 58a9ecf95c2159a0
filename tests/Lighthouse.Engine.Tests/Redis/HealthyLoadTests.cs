using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>The predecessor's breakers opened under healthy load, and its caches missed what they held.</summary>
[Collection(RealRedis.Name)]
public sealed class HealthyLoadTests
{
    private const int Commands = 5_000;

    [Fact]
    public async Task HundredThousandMixedRequests_OpenNoBreakerAndHitNineteenInTwenty()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint, timeout: Node.DefaultTimeout);
        var ranks = new Zipf(Commands, exponent: 1.0, seed: 7);
        // The working set once, then repeated: what is measured is the repetition.
        await AskAsync(node, [.. Enumerable.Range(0, Commands)]);
        var before = (node.Tier("memory"), node.Tier("redis"));
        for (var done = 0; done < 100_000; done += 2_000)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(node, ranks.Take(500))));
        }

        var (memory, shared) = (node.Tier("memory"), node.Tier("redis"));
        var hits = memory.Hits - before.Item1.Hits + shared.Hits - before.Item2.Hits;
        ((double)hits / 100_000).ShouldBeGreaterThanOrEqualTo(0.95);
        shared.Breaker.ShouldNotBeNull().ShouldSatisfyAllConditions(
            static breaker => breaker.State.ShouldBe(BreakerState.Closed), static breaker => breaker.Opened.ShouldBe(0));
        memory.Failed.ShouldBe(0);
    }

    [Fact]
    public async Task AgentOfAnotherScope_NeverGetsTheOthersAnswer()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint);
        // The same words write inside the workspace for one agent and outside it for the other.
        var narrow = await WithRootAsync(second, "/srv/elsewhere");
        (await first.DecideAsync("touch notes.txt")).Verdict.ShouldBe(Verdict.Allow);
        await first.WrittenAsync(1);
        var other = await second.Host.Engine.DecideAsync(narrow, EngineHost.Bash("touch notes.txt"), new DecideOptions(TimeProvider.System.GetTimestamp()), CancellationToken.None);
        (other.Verdict, other.Tier).ShouldBe((Verdict.Escalate, DecisionTier.Policy));
        (await second.DecideAsync("touch notes.txt")).Tier.ShouldBe(DecisionTier.Redis);
    }

    private static async Task<Caller> WithRootAsync(Node node, string root)
    {
        var key = await node.Host.Agents.CreateKeyAsync(
            Node.Admin, new NewKey { Name = "narrow", Role = Roles.Agent, Owner = "admin", WorkspaceRoots = [root] }, CancellationToken.None);
        return node.Host.Get<ICredentials>().Verify(key.Secret).ShouldNotBeNull();
    }

    private static async Task AskAsync(Node node, IReadOnlyList<int> numbers)
    {
        foreach (var chunk in numbers.Chunk(500))
        {
            var requests = chunk.Select(static number => EngineHost.Bash(number % 10 == 0 ? $"rm -rf /etc/{number}" : $"cat src/file{number}.cs")).ToArray();
            var decisions = await node.Host.Engine.DecideManyAsync(node.Agent, requests, new DecideOptions(TimeProvider.System.GetTimestamp()), CancellationToken.None);
            for (var i = 0; i < chunk.Length; i++)
            {
                (decisions[i].Verdict == Verdict.Allow).ShouldBe(chunk[i] % 10 != 0);
            }
        }
    }

    /// <summary>Ranks as real working sets have them: the first is asked for thousands of times, the last hardly ever.</summary>
    private sealed class Zipf
    {
        private readonly Random _random;
        private readonly double[] _cumulated;

        public Zipf(int ranks, double exponent, int seed)
        {
            _random = new Random(seed);
            _cumulated = new double[ranks];
            var sum = 0.0;
            for (var rank = 0; rank < ranks; rank++)
            {
                _cumulated[rank] = sum += 1 / Math.Pow(rank + 1, exponent);
            }
        }

        public int[] Take(int count)
        {
            var numbers = new int[count];
            for (var i = 0; i < count; i++)
            {
                var found = Array.BinarySearch(_cumulated, _random.NextDouble() * _cumulated[^1]);
                numbers[i] = Math.Min(found < 0 ? ~found : found, _cumulated.Length - 1);
            }

            return numbers;
        }
    }
}
