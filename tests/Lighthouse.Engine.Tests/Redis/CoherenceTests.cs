using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>Two engines on one Redis. What one changes, the other does not answer from memory a second later, whatever happened to the notices.</summary>
[Collection(RealRedis.Name)]
public sealed class CoherenceTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(EpochKind.Policies)]
    [InlineData(EpochKind.Profiles)]
    [InlineData(EpochKind.Flags)]
    public async Task ChangeOnOneNode_EndsWhatTheOtherRemembers(EpochKind kind)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint);
        await RememberedAsync(second);
        first.Epochs.Advance(kind);
        await NeverStaleAfterAsync(second, TimeProvider.System.GetTimestamp());
        second.Speed.Coherence().Recent[0].By.ShouldBe("another node");
        first.Epochs.Stamp.ShouldBe(second.Epochs.Stamp);
    }

    [Fact]
    public async Task NoticesDropped_TheChangeArrivesAllTheSame()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint);
        await RememberedAsync(second);
        // Nobody may publish or subscribe any more: no notice reaches anybody.
        await redis.CliAsync("ACL", "SETUSER", "default", "-publish", "-subscribe", "-psubscribe");
        first.Epochs.Advance(EpochKind.Policies);
        await NeverStaleAfterAsync(second, TimeProvider.System.GetTimestamp());
        await Eventually.TrueAsync(() => first.Epochs.Stamp == second.Epochs.Stamp, "both have the same stamp");
    }

    [Fact]
    public async Task SuspensionOnOneNode_IsCaughtUpWithBeforeTheOtherConfirms()
    {
        // The log is each node's own until nodes share a database; here a list that both know stands for it.
        var truth = new SharedTruth();
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint, services => services.AddSingleton<IEpochFollower>(truth));
        await Eventually.TrueAsync(() => truth.Known == 0 && second.IsConfirmed, "the second node is up to date");
        truth.Current = 1;
        first.Epochs.Advance(EpochKind.Agents);
        var at = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(at) > Promised, "a second goes by");
        (truth.Known == 1 || !second.IsConfirmed).ShouldBeTrue("it knows the change, or trusts nothing that it remembers");
        await Eventually.TrueAsync(() => truth.Known == 1 && second.IsConfirmed, "the second node caught up");
        truth.Asked.ShouldContain(EpochKind.Agents);
    }

    [Fact]
    public async Task FollowerThatFails_KeepsTheNodeUnconfirmed()
    {
        var truth = new SharedTruth();
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint, services => services.AddSingleton<IEpochFollower>(truth));
        await RememberedAsync(second);
        truth.Broken = true;
        first.Epochs.Advance(EpochKind.Grants);
        await Eventually.TrueAsync(() => second.Speed.Coherence().Problem is not null, "the problem is seen");
        await Eventually.TrueAsync(() => !second.IsConfirmed, "the confirmation runs out");
        (await second.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
        truth.Broken = false;
        await Eventually.TrueAsync(() => second.IsConfirmed, "it catches up");
        second.Speed.Coherence().Problem.ShouldBeNull();
    }

    [Fact]
    public async Task FlushAll_EndsEverythingAndStartsAnew()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint);
        await RememberedAsync(second);
        var before = second.Epochs.Stamp;
        await redis.CliAsync("FLUSHALL");
        await Eventually.TrueAsync(() => second.IsConfirmed && second.Epochs.Stamp != before && first.Epochs.Stamp == second.Epochs.Stamp, "both begin anew together");
        (await second.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
    }

    [Fact]
    public async Task EpochsSetBack_BringNoOldAnswerBack()
    {
        // A restored backup, a failover without the last writes, or somebody with access.
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        await RememberedAsync(node);
        var old = node.Epochs.Stamp;
        node.Epochs.Advance(EpochKind.Policies);
        await Eventually.TrueAsync(() => node.IsConfirmed && node.Epochs.Stamp != old, "the policies moved");
        await redis.CliAsync("HSET", "lighthouse:epochs", "policies", "0");
        var noticed = node.Epochs.Stamp;
        await Eventually.TrueAsync(() => node.IsConfirmed && node.Epochs.Stamp != noticed, "a new incarnation is begun");
        node.Epochs.Stamp.ShouldNotBe(old);
        (await node.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
    }

    [Fact]
    public async Task EpochsSetBackInTwoSteps_BringNoOldAnswerBack()
    {
        // First another incarnation, so that no counter shrinks; then the first one with its old counters.
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        await RememberedAsync(node);
        var old = node.Epochs.Stamp;
        node.Epochs.Advance(EpochKind.Profiles);
        await Eventually.TrueAsync(() => node.IsConfirmed && node.Epochs.Stamp != old, "the profiles moved");
        await redis.CliAsync("HSET", "lighthouse:epochs", "incarnation", "other");
        await Eventually.TrueAsync(() => node.IsConfirmed && node.Epochs.Stamp.StartsWith("other", StringComparison.Ordinal), "the other incarnation is believed");
        await redis.CliAsync("HSET", "lighthouse:epochs", "incarnation", old.Split('.')[0], "profiles", "0");
        await Eventually.TrueAsync(() => node.IsConfirmed && !node.Epochs.Stamp.StartsWith("other", StringComparison.Ordinal), "another one is begun");
        node.Epochs.Stamp.ShouldNotBe(old);
        (await node.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
    }

    [Fact]
    public async Task ChangeDuringAnAnnouncement_IsNotConfirmedBeforeItIsAnnouncedItself()
    {
        var follower = new Following();
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint, services => services.AddSingleton<IEpochFollower>(follower));
        // The announcement of the flags waits; the counter of the policies has been passed by then.
        await redis.CliAsync("CLIENT", "PAUSE", "30000", "WRITE");
        node.Epochs.Advance(EpochKind.Flags);
        await Eventually.TrueAsync(async () => (await redis.CliAsync("CLIENT", "LIST")).Contains("cmd=hincrby", StringComparison.Ordinal), "the announcement is under way");
        node.Epochs.Advance(EpochKind.Policies);
        // And the next one, of the policies, waits until the test has looked.
        follower.Before = () => redis.CliAsync("CLIENT", "PAUSE", "30000", "WRITE");
        await redis.CliAsync("CLIENT", "UNPAUSE");
        await Eventually.TrueAsync(() => follower.Called, "the node catches up with the flags");
        var at = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(at) < TimeSpan.FromMilliseconds(400))
        {
            (node.Speed.Coherence().Unannounced > 0 && node.IsConfirmed && node.Speed.Coherence().Unannounced > 0).ShouldBeFalse();
            await Task.Yield();
        }

        await redis.CliAsync("CLIENT", "UNPAUSE");
        await Eventually.TrueAsync(() => node.IsConfirmed && node.Speed.Coherence().Unannounced == 0, "everything is announced");
    }

    [Fact]
    public async Task FieldsThatNoNodeWrites_AreNotFetched()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint);
        var before = node.Epochs.Stamp;
        await redis.CliAsync("HSET", "lighthouse:epochs", "junk", new string('1', 100_000), "policies", new string('1', 100_000));
        await redis.CliAsync("CONFIG", "RESETSTAT");
        // A counter that cannot be one counts as lost, so a new incarnation begins only where it had moved; here it reads as it was.
        var until = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(until) > Promised && node.IsConfirmed, "the node goes on");
        node.Epochs.Stamp.ShouldBe(before);
        (await redis.CliAsync("INFO", "commandstats")).ShouldSatisfyAllConditions(static used => used.ShouldContain("cmdstat_hmget"), static used => used.ShouldNotContain("hgetall"));
        var sent = (await redis.CliAsync("INFO", "stats")).Split('\n').Single(static line => line.StartsWith("total_net_output_bytes:", StringComparison.Ordinal));
        long.Parse(sent.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task UnconfirmedForAMoment_WhatWaitsToBeWrittenIsKept()
    {
        var truth = new SharedTruth();
        await using var redis = await RedisServer.StartAsync();
        await using var node = await Node.StartAsync(redis.EndPoint, services => services.AddSingleton<IEpochFollower>(truth));
        await node.DecideAsync("cat notes.txt");
        truth.Broken = true;
        node.Epochs.Advance(EpochKind.Grants);
        await Eventually.TrueAsync(() => node.Speed.Coherence().Problem is not null && !node.IsConfirmed, "the follower fails, and the confirmation runs out");
        var at = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(at) > TimeSpan.FromMilliseconds(400), "some rounds of writing go by");
        node.IsConfirmed.ShouldBeFalse();
        truth.Broken = false;
        await node.WrittenAsync(1);
    }

    private static async Task RememberedAsync(Node node)
    {
        await node.DecideAsync("cat notes.txt");
        (await node.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Memory);
    }

    /// <summary>Asks all the time; from one second after the change on, what was remembered before must not be the answer.</summary>
    private static async Task NeverStaleAfterAsync(Node node, long changed)
    {
        DecisionTier tier;
        TimeSpan asked;
        do
        {
            asked = TimeProvider.System.GetElapsedTime(changed);
            tier = (await node.DecideAsync("cat notes.txt")).Tier;
        }
        while (tier == DecisionTier.Memory && asked < Promised);

        tier.ShouldBe(DecisionTier.Policy, $"asked {asked.TotalMilliseconds:F0} ms after the change");
    }

    private sealed class SharedTruth : IEpochFollower
    {
        public int Current { get; set; }
        public int Known { get; private set; } = -1;
        public bool Broken { get; set; }
        public HashSet<EpochKind> Asked { get; } = [];

        public ValueTask CatchUpAsync(IReadOnlyCollection<EpochKind> moved, CancellationToken cancellationToken)
        {
            if (Broken)
            {
                throw new IOException("The log cannot be read.");
            }

            Asked.UnionWith(moved);
            Known = Current;
            return default;
        }
    }

    private sealed class Following : IEpochFollower
    {
        private volatile bool _called;

        public Func<Task>? Before { get; set; }
        public bool Called => _called;

        public async ValueTask CatchUpAsync(IReadOnlyCollection<EpochKind> moved, CancellationToken cancellationToken)
        {
            if (Before is { } before)
            {
                Before = null;
                await before();
                _called = true;
            }
        }
    }
}
