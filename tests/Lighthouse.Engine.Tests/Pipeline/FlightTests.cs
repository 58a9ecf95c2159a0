using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Pipeline;

public sealed class FlightTests
{
    [Theory]
    [InlineData("cat notes.txt", Verdict.Allow)]
    [InlineData("frobnicate --all", Verdict.Escalate)]
    public async Task ThousandIdenticalAtOnce_AreJudgedOnceAndGetAThousandIds(string command, Verdict verdict)
    {
        var tier = new GatedTier();
        await using var host = await StartAsync(tier);
        var agent = await host.AgentAsync();
        var asked = Enumerable.Range(0, 1_000).Select(_ => host.DecideAsync(agent, command)).ToArray();
        tier.Open();
        var decisions = await Task.WhenAll(asked);
        decisions.ShouldAllBe(one => one.Verdict == verdict);
        decisions.Select(static one => one.Id).Distinct().Count().ShouldBe(1_000);
        decisions.Select(static one => one.EscalationId).Distinct().Count().ShouldBe(1);
        tier.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task CallerThatGivesUp_LeavesTheOthersUndisturbed()
    {
        var tier = new GatedTier();
        await using var host = await StartAsync(tier);
        var agent = await host.AgentAsync();
        using var impatient = new CancellationTokenSource();
        var first = Ask(host, agent, impatient.Token);
        var second = Ask(host, agent, CancellationToken.None);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        second.IsCompleted.ShouldBeFalse();
        tier.Open();
        (await second).Verdict.ShouldBe(Verdict.Allow);
        tier.Asked.ShouldBe(1);
        host.Get<TierWalk>().UnderWay.ShouldBe(0);
    }

    [Fact]
    public async Task DifferentScopes_AreJudgedApart()
    {
        var tier = new GatedTier();
        await using var host = await StartAsync(tier);
        var (inside, outside) = (await host.AgentAsync(), await host.AgentAsync("b"));
        var elsewhere = inside with { Agent = inside.Agent! with { WorkspaceRoots = ["/srv/elsewhere"] } };
        var asked = new[] { host.DecideAsync(inside, "touch notes.txt"), host.DecideAsync(elsewhere, "touch notes.txt"), host.DecideAsync(outside, "touch notes.txt") };
        tier.Open();
        var verdicts = (await Task.WhenAll(asked)).Select(static one => one.Verdict);
        verdicts.ShouldBe([Verdict.Allow, Verdict.Escalate, Verdict.Allow]);
        tier.Asked.ShouldBe(2, "the two agents of one scope were judged together");
    }

    [Fact]
    public async Task RemoteTierThatDoesNotAnswer_IsLeftBehindAtItsHardLimit()
    {
        var tier = new GatedTier();
        await using var host = await StartAsync(tier);
        var agent = await host.AgentAsync();
        var asked = host.DecideAsync(agent, "cat notes.txt");
        asked.IsCompleted.ShouldBeFalse();
        host.Clock.Advance(tier.Limits.Hard);
        (await asked).Verdict.ShouldBe(Verdict.Allow);
        var state = host.Get<ISpeedLayer>().Tiers().Single(static one => one.Tier == "expert");
        (state.TimedOut, state.Failed).ShouldBe((1, 1));
        state.Breaker!.Failures.ShouldBe(1);
    }

    [Fact]
    public async Task MoreThanFits_IsOverloadedAndNotDenied()
    {
        var tier = new GatedTier();
        await using var host = await StartAsync(tier, static services => services.Configure<PipelineOptions>(static options => options.MaxRequests = 10));
        var agent = await host.AgentAsync();
        var asked = Enumerable.Range(0, 10).Select(i => host.DecideAsync(agent, $"cat file{i}.txt")).ToArray();
        var refused = await Should.ThrowAsync<LighthouseException>(() => host.DecideAsync(agent, "cat one-more.txt"));
        refused.Code.ShouldBe(ErrorCodes.Overloaded);
        refused.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        tier.Open();
        (await Task.WhenAll(asked)).ShouldAllBe(static one => one.Verdict == Verdict.Allow);
        (await host.DecideAsync(agent, "cat one-more.txt")).Verdict.ShouldBe(Verdict.Allow);
        host.Get<Room>().Requests.ShouldBe(0);
    }

    [Fact]
    public async Task JoinerAfterTheLease_DoesNotTakeWhatIsRemembered()
    {
        var epochs = new Lease();
        var tier = new RememberingTier();
        await using var host = await EngineHost.StartAsync(configure: services =>
        {
            EngineSettings.NoLimits(services);
            services.AddSingleton<IEpochs>(epochs);
            services.AddSingleton<ITier>(new GatedTier(open: true));
            services.AddSingleton<ITier>(tier);
        });
        var agent = await host.AgentAsync();
        var leader = host.DecideAsync(agent, "cat notes.txt");
        epochs.Confirmed = false;
        var joiner = host.DecideAsync(agent, "cat notes.txt");
        tier.Answer();
        (await leader).Tier.ShouldBe(DecisionTier.Redis);
        (await joiner).Tier.ShouldBe(DecisionTier.Policy);
        tier.Asked.ShouldBe(1);
    }

    private static Task<Decision> Ask(EngineHost host, Caller agent, CancellationToken cancellationToken) =>
        host.Engine.DecideAsync(agent, EngineHost.Bash("cat notes.txt"), new DecideOptions(host.Clock.GetTimestamp()), cancellationToken);

    private static Task<EngineHost> StartAsync(GatedTier tier, Action<IServiceCollection>? configure = null) => EngineHost.StartAsync(configure: services =>
    {
        EngineSettings.NoLimits(services);
        configure?.Invoke(services);
        // Before the engine's own tiers: asked first, and abstains.
        services.AddSingleton<ITier>(tier);
    });

    /// <summary>A remote tier that abstains once the gate is open.</summary>
    private sealed class GatedTier : ITier
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public GatedTier(bool open = false)
        {
            if (open)
            {
                Open();
            }
        }

        public string Name => "expert";
        public bool IsRemote => true;
        public TierLimits Limits => TierLimits.Milliseconds(10, 100);
        public int Asked => _asked;

        public void Open() => _gate.SetResult();

        public async ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            await _gate.Task;
            return TierAnswer.Abstain();
        }
    }

    /// <summary>Confirmed until the test says otherwise.</summary>
    private sealed class Lease : IEpochs
    {
        public bool Confirmed { get; set; } = true;
        public string Stamp { get; } = "stamp";

        public bool IsConfirmed(long nowTimestamp) => Confirmed;

        public void Advance(EpochKind kind)
        {
        }
    }

    /// <summary>Remembers an allow for everything, and says so when told to.</summary>
    private sealed class RememberingTier : IPromotionTier
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public string Name => "redis";
        public int Asked => _asked;

        public void Answer() => _gate.SetResult();

        public async ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            await _gate.Task;
            return new TierVerdict(Verdict.Allow, DecisionTier.Redis, "remembered", Risk.Low, [], [], null);
        }

        public void Promote(TierRequest asked, TierVerdict verdict, DateTimeOffset? expiresAt)
        {
        }

        public TierHoldings Holdings() => new(null, null, null, null, null, null, null, new Dictionary<string, long>(), null, TimeSpan.Zero);

        public ValueTask<HeldBy> InspectAsync(TierRequest asked, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
