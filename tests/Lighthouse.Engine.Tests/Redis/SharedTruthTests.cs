using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Policies;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>
/// Two engines on one Redis and one log. What is changed through one is in force on the other within a second: for what it remembers and for what
/// it judges anew, with notices and without, and without Redis.
/// </summary>
[Collection(RealRedis.Name)]
public sealed class SharedTruthTests
{
    private const string Command = "cat notes.txt";
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);
    private static readonly Vote Approve = new() { Kind = VoteKind.Approve, Reason = "fine" };

    /// <summary>How the second node could come to know of the change.</summary>
    public enum News { Announced, NoticesDropped, NothingAnnounced, RedisGone }

    public enum Change { Suspension, Stop, Policies }

    public static TheoryData<Change, News> Changes => new(
        from change in Enum.GetValues<Change>() from news in Enum.GetValues<News>() select (change, news));

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ChangeOnOneNode_IsInForceOnTheOtherWithinASecond(Change change, News news)
    {
        await using var redis = await RedisServer.StartAsync();
        var log = new SharedLog();
        await using var first = await StartAsync(redis, log, alone: news == News.NothingAnnounced);
        await using var second = await StartAsync(redis, log);
        await RememberedAsync(second, first.Agent);
        await SpreadAsync(redis, news);

        await MakeAsync(first, change);
        await DeniedWithinASecondAsync(second, first.Agent);

        await UndoAsync(first, change);
        await Eventually.TrueAsync(async () => (await AskAsync(second, first.Agent)).Verdict == Verdict.Allow, "the other way it arrives as well", 2);
    }

    [Theory]
    [InlineData(News.Announced)]
    [InlineData(News.NoticesDropped)]
    [InlineData(News.RedisGone)]
    public async Task RevokedKey_OpensNothingOnTheOtherNode(News news)
    {
        await using var redis = await RedisServer.StartAsync();
        var log = new SharedLog();
        await using var first = await StartAsync(redis, log);
        await using var second = await StartAsync(redis, log);
        var created = await first.Host.Agents.CreateKeyAsync(Node.Admin, new NewKey { Name = "late", Role = Roles.Agent, Owner = "admin" }, CancellationToken.None);
        var credentials = second.Host.Get<ICredentials>();
        await Eventually.TrueAsync(() => credentials.Verify(created.Secret) is not null, "a new key opens on the other node too", 2);
        var cut = new List<string>();
        credentials.Revoked += cut.Add;
        await SpreadAsync(redis, news);
        await first.Host.Agents.RevokeKeyAsync(Node.Admin, created.KeyId, "lost", CancellationToken.None);
        await Eventually.TrueAsync(() => credentials.Verify(created.Secret) is null, "it opens nothing any more", Promised.TotalSeconds);
        cut.ShouldBe([created.KeyId]);
    }

    [Theory]
    [InlineData(News.Announced)]
    [InlineData(News.NoticesDropped)]
    [InlineData(News.RedisGone)]
    public async Task RevokedGrant_AllowsNothingOnTheOtherNode(News news)
    {
        await using var redis = await RedisServer.StartAsync();
        var log = new SharedLog();
        await using var first = await StartAsync(redis, log);
        await using var second = await StartAsync(redis, log);
        var grant = await GrantAsync(first, "frobnicate --all");
        await Eventually.TrueAsync(() => Knows(second, first.Agent, grant), "the other node knows the grant", 2);
        await SpreadAsync(redis, news);
        await first.Host.Inbox.RevokeGrantAsync(Node.Admin, grant, CancellationToken.None);
        await Eventually.TrueAsync(() => !Knows(second, first.Agent, grant), "and that it was revoked", Promised.TotalSeconds);
        (await AskAsync(second, first.Agent, "frobnicate --all")).Verdict.ShouldBe(Verdict.Escalate);
    }

    [Fact]
    public async Task OneShotGrant_IsUsedOnceByAHundredRetriesOnTwoNodes()
    {
        await using var redis = await RedisServer.StartAsync();
        var log = new SharedLog();
        await using var first = await StartAsync(redis, log);
        await using var second = await StartAsync(redis, log);
        var grant = await GrantAsync(first, "frobnicate --all");
        await Eventually.TrueAsync(() => Knows(second, first.Agent, grant), "both know the grant", 2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => AskAsync(i % 2 == 0 ? first : second, first.Agent, "frobnicate --all"))));
        answers.Count(static one => one.Verdict == Verdict.Allow).ShouldBe(1);
        answers.Where(static one => one.Verdict == Verdict.Allow).ShouldAllBe(static one => one.Tier == DecisionTier.Grant);
    }

    [Fact]
    public async Task ChangeIsToldOnce_AndEndsWhatIsRememberedNoLongerThanItMust()
    {
        await using var redis = await RedisServer.StartAsync();
        var log = new SharedLog();
        await using var first = await StartAsync(redis, log);
        await using var second = await StartAsync(redis, log);
        await first.Host.Agents.SuspendAsync(Node.Admin, second.Agent.Agent!.Id, "a test's", CancellationToken.None);
        await Eventually.TrueAsync(() => second.Host.Agents.IsSuspended(second.Agent.Agent!.Id) && first.Speed.Coherence().Unannounced == 0 && second.Speed.Coherence().Unannounced == 0, "all is told");
        await Eventually.TrueAsync(() => first.IsConfirmed && second.IsConfirmed, "both are confirmed");
        first.Speed.Coherence().Recent[0].Kind.ShouldBe(EpochKind.Agents);
        first.Epochs.Stamp.ShouldBe(second.Epochs.Stamp, "a suspension ends no memory");
        await RememberedAsync(second, first.Agent);
    }

    [Fact]
    public async Task LogThatCannotBeRead_DecidesNothingAfterASecond()
    {
        await using var redis = await RedisServer.StartAsync();
        var log = new SharedLog();
        await using var first = await StartAsync(redis, log);
        await using var second = await StartAsync(redis, log);
        await RememberedAsync(second, first.Agent);
        var view = second.Host.Get<SharedLogView>();
        view.Unreadable = true;
        var at = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(at) > Promised, "a second goes by");
        (await Should.ThrowAsync<LighthouseException>(() => AskAsync(second, first.Agent))).Code.ShouldBe(ErrorCodes.StorageUnavailable);
        second.Speed.Coherence().Problem.ShouldNotBeNull();
        (await AskAsync(first, first.Agent)).Verdict.ShouldBe(Verdict.Allow);

        view.Unreadable = false;
        await Eventually.TrueAsync(() => second.IsConfirmed && second.Speed.Coherence().Problem is null, "it reads again");
        (await AskAsync(second, first.Agent)).Verdict.ShouldBe(Verdict.Allow);
    }

    /// <param name="alone">Under another prefix: nothing that it announces reaches anybody, as after a crash between the commit and the announcement.</param>
    private static Task<Node> StartAsync(RedisServer redis, SharedLog log, bool alone = false) => Node.StartAsync(redis.EndPoint, services =>
    {
        services.AddSingleton(log);
        services.AddSingleton<SharedLogView>();
        services.AddSingleton<IEventStore>(static provider => provider.GetRequiredService<SharedLogView>());
        services.PostConfigure<RedisOptions>(options => options.Prefix = alone ? "elsewhere" : options.Prefix);
    });

    private static async Task SpreadAsync(RedisServer redis, News news)
    {
        if (news == News.NoticesDropped)
        {
            await redis.CliAsync("ACL", "SETUSER", "default", "-publish", "-subscribe", "-psubscribe");
        }
        else if (news == News.RedisGone)
        {
            await redis.KillAsync();
        }
    }

    private static Task MakeAsync(Node node, Change change) => change switch
    {
        Change.Suspension => node.Host.Agents.SuspendAsync(Node.Admin, node.Agent.Agent!.Id, "a test's", CancellationToken.None),
        Change.Stop => node.Host.Get<IEmergencyStop>().EngageAsync(Node.Admin, "a test's", CancellationToken.None),
        _ => ActivateAsync(node.Host.Policies()),
    };

    private static async Task ActivateAsync(IPolicySets sets)
    {
        var text = "@id(\"no-cat\") forbid(principal, action == Action::\"shell\", resource) when { context.programs.contains(\"cat\") };";
        var saved = await sets.SaveAsync(Node.Admin, new PolicySetDocument { Text = text }, "a test's", CancellationToken.None);
        await sets.ActivateAsync(Node.Admin, saved.Number, sets.ActiveVersion, "a test's", CancellationToken.None);
    }

    private static Task UndoAsync(Node node, Change change) => change switch
    {
        Change.Suspension => node.Host.Agents.ResumeAsync(Node.Admin, node.Agent.Agent!.Id, CancellationToken.None),
        Change.Stop => node.Host.Get<IEmergencyStop>().ReleaseAsync(Node.Admin, CancellationToken.None),
        _ => node.Host.Policies().DeactivateAsync(Node.Admin, node.Host.Policies().ActiveVersion, "a test's", CancellationToken.None),
    };

    private static Task<Decision> AskAsync(Node node, Caller agent, string command = Command) =>
        node.Host.Engine.DecideAsync(agent, EngineHost.Bash(command), new DecideOptions(TimeProvider.System.GetTimestamp()), CancellationToken.None);

    private static async Task RememberedAsync(Node node, Caller agent)
    {
        await Eventually.TrueAsync(() => node.Host.Agents.Find(agent.Agent!.Id) is not null, "the agent is known", 2);
        await Eventually.TrueAsync(async () => (await AskAsync(node, agent)) is { Tier: DecisionTier.Memory, Verdict: Verdict.Allow }, "the answer is remembered", 5);
    }

    /// <summary>Asks all the time from the change on: a request that comes a second later must not get the old answer from anywhere.</summary>
    private static async Task DeniedWithinASecondAsync(Node node, Caller agent)
    {
        var changed = TimeProvider.System.GetTimestamp();
        Decision answer;
        TimeSpan asked;
        do
        {
            asked = TimeProvider.System.GetElapsedTime(changed);
            answer = await AskAsync(node, agent);
        }
        while (answer.Verdict == Verdict.Allow && asked < Promised);

        answer.Verdict.ShouldBe(Verdict.Deny, $"asked {asked.TotalMilliseconds:F0} ms after the change, answered by {answer.Tier}");
    }

    private static async Task<string> GrantAsync(Node node, string command)
    {
        var asked = await node.Host.Engine.DecideAsync(
            node.Agent, EngineHost.Bash(command), new DecideOptions(TimeProvider.System.GetTimestamp(), Holds: true), CancellationToken.None);
        await node.Host.Inbox.EndHoldAsync(node.Agent, asked.EscalationId!, CancellationToken.None);
        await node.Host.Inbox.VoteAsync(Node.Admin, asked.EscalationId!, Approve, CancellationToken.None);
        var created = node.Host.Get<SharedLog>().After(0).Last(static one => one.Type == EventTypes.GrantCreated);
        return created.Stream["grant-".Length..];
    }

    private static bool Knows(Node node, Caller agent, string grant) => node.Host.Get<Lighthouse.Engine.Experts.GrantBook>().Find(grant)?.AgentId == agent.Agent!.Id;
}
