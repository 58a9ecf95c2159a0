using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Tiers.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.MemoryTier;

internal sealed class CacheFixture
{
    public static readonly DecisionScope Scope = new("guarded", "/w");

    public CacheFixture(int capacity = 10_000, int hotAfter = 10, IFingerprinter? fingerprinter = null, long capacityBytes = 64L << 20) =>
        Cache = new DecisionCache(
            Options.Create(new MemoryTierOptions { Capacity = capacity, HotAfterHits = hotAfter, CapacityBytes = capacityBytes }),
            Time, fingerprinter ?? new SeededFingerprinter());

    public FakeTimeProvider Time { get; } = new();
    public DecisionCache Cache { get; }

    public static CachedDecision Allow(string reason) => new() { Verdict = Verdict.Allow, Reason = reason, Risk = Risk.Low };

    public string? Get(string input, string tool = "Bash", string? directory = "/w", DecisionScope? scope = null) =>
        Cache.TryGet(new DecisionKeyText(tool, Encoding.UTF8.GetBytes(input), directory, scope ?? Scope), Time.GetTimestamp(), out var decision)
            ? decision.Reason
            : null;

    public void Set(string input, string? reason = null, string tool = "Bash", string? directory = "/w", DecisionScope? scope = null, long? remaining = null) =>
        Cache.Set(
            new DecisionKeyText(tool, Encoding.UTF8.GetBytes(input), directory, scope ?? Scope), Time.GetTimestamp(), Allow(reason ?? input), remaining);

    public void Heat(string input, int hits = 11)
    {
        for (var i = 0; i < hits; i++)
        {
            Get(input).ShouldNotBeNull();
        }
    }
}

/// <summary>Every text gets the same fingerprint: the worst that a crafted collision could do.</summary>
internal sealed class CollidingFingerprinter : IFingerprinter
{
    public Fingerprint Of(in DecisionKeyText key) => new(1, 1);
}
