using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Tests.Fakes;

/// <summary>One node with memory and policy; a test adds what it is about.</summary>
internal sealed class FakeSpeedLayer(TimeProvider time) : ISpeedLayer
{
    public List<TierState> TierList { get; } =
    [
        new("memory", 68_000, 2_600, 0, 3, 0, 0, 1, 100, new TierHoldings(842, 10_000, 151_000, 64 << 20, 37, 0, 412, new Dictionary<string, long> { ["too large"] = 2 }, TimeSpan.FromSeconds(244), TimeSpan.FromSeconds(300)), null),
        new("policy", 2_300, 300, 0, 0, 0, 0, 5, 100, null, null),
    ];

    public CoherenceState CoherenceNow { get; set; } = new(false, "g1-p4-f0", true, null, 0, null, 0, 0, []);
    public RedisState? RedisNow { get; set; }
    public List<RememberedEntry> Entries { get; } = [];
    public List<string> Inspected { get; } = [];
    public Func<string, KeyInspection?> Inspection { get; set; } = _ => null;

    public IReadOnlyList<TierState> Tiers() => [.. TierList];
    public CoherenceState Coherence() => CoherenceNow;
    public RedisState? Redis() => RedisNow;
    public IReadOnlyList<RememberedEntry> MostUsed(int most) => [.. Entries.Take(most)];

    public Task<KeyInspection> InspectAsync(string agentId, DecisionRequest request, CancellationToken cancellationToken) =>
        Answer($"{agentId} {request.Tool} {request.Input.GetRawText()} {request.WorkingDirectory}");

    public Task<KeyInspection> InspectAsync(string decisionId, CancellationToken cancellationToken) => Answer(decisionId);

    public void AddRedis(BreakerState breaker = BreakerState.Closed, bool connected = true)
    {
        TierList.Insert(1, new("redis", 1_900, 700, 12, 4, 9, 40, 5, 50, new TierHoldings(null, null, null, null, null, null, null, new Dictionary<string, long> { ["not authentic"] = 1 }, null, TimeSpan.FromHours(1)),
            new BreakerSnapshot(breaker, breaker == BreakerState.Closed ? null : time.GetUtcNow().AddSeconds(-12), breaker == BreakerState.Closed ? 0 : 5, 1, "no answer within 50 ms")));
        RedisNow = new(connected, "sentinel", 0.42, time.GetUtcNow().AddSeconds(-3), connected ? null : "It was not possible to connect.", 2, "k7f3a9", 2_310, 0, 4, 1_700, 21_400, 0.004);
        CoherenceNow = CoherenceNow with { Shared = true, Confirmed = connected, ConfirmedAgo = TimeSpan.FromMilliseconds(connected ? 210 : 9_000), Invalidations = 2, Recent = [new(time.GetUtcNow().AddSeconds(-90), EpochKind.Policies, "another node"), new(time.GetUtcNow().AddMinutes(-9), null, "Redis lost it")] };
    }

    public static KeyInspection Remembered(TimeProvider time, string explanation = "The memory tier remembers allow and would answer.") => new(
        [new("tool", "Bash"), new("input", "{\"command\":\"ls\u202E -la\"}"), new("profile", "guarded")], "9f31c0de", "g1-p4-f0", true,
        [new HeldBy("memory", true, Verdict.Allow, time.GetUtcNow().AddSeconds(-40), time.GetUtcNow().AddSeconds(260), 7, null), new HeldBy("redis", null, null, null, null, null, "breaker open")],
        DecisionTier.Memory, explanation);

    private Task<KeyInspection> Answer(string asked)
    {
        Inspected.Add(asked);
        return Task.FromResult(Inspection(asked) ?? throw new LighthouseException(ErrorCodes.NotFound, $"There is no decision {asked}."));
    }
}
