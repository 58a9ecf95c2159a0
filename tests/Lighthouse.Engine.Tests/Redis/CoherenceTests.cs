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
}
