using System.Globalization;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Tiers.Memory;

namespace Lighthouse.Engine.Tests.MemoryTier;

public sealed class DecisionCacheBoundsTests
{
    [Fact]
    public void Cache_MoreThanItsCapacity_StaysAtCapacity()
    {
        var fixture = new CacheFixture(capacity: 100);
        Fill(fixture, 10_000);
        var after = fixture.Cache.Statistics();
        (after.Count, after.Evictions).ShouldBe((100, 9_900));
    }

    [Fact]
    public void SizeOfAnEntry_CountsEveryTextThatItHolds()
    {
        // Long paths and reasons were not counted: 64 MB could become ten times as many.
        var text = new string('x', 10_000);
        var part = new ActionPart { Effect = "read", Why = text, Target = text, Path = text };
        var decision = new CachedDecision
        {
            Verdict = Verdict.Deny, Reason = text, Risk = Risk.Low, Analysis = new Analysis { Parts = [part] },
            Deciding = new DecidingFact { Part = part with { Why = "copied" }, Rule = "r", Because = text },
        };
        CacheEntry.SizeOf(new DecisionKeyText("Bash", [], null, CacheFixture.Scope), decision).ShouldBeGreaterThan(2 * 7 * text.Length);
    }

    [Fact]
    public void Cache_HotEntries_SurviveAFloodOfOthers()
    {
        var fixture = new CacheFixture(capacity: 100);
        for (var i = 0; i < 50; i++)
        {
            fixture.Set("hot" + i);
            fixture.Heat("hot" + i);
        }

        Fill(fixture, 10_000);
        for (var i = 0; i < 50; i++)
        {
            fixture.Get("hot" + i).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Cache_EverythingIsHot_KeepsHalfProtectedAndStillTakesNewEntries()
    {
        var fixture = new CacheFixture(capacity: 100);
        for (var i = 0; i < 1_000; i++)
        {
            fixture.Set("x" + i);
            fixture.Heat("x" + i, 20);
        }

        var after = fixture.Cache.Statistics();
        (after.Count, after.Hot).ShouldBe((100, 50));
        fixture.Get("x999").ShouldNotBeNull();
    }

    [Fact]
    public void Cache_HotEntriesThatExpired_GiveTheirSeatsToOthers()
    {
        var fixture = new CacheFixture(capacity: 100);
        for (var i = 0; i < 50; i++)
        {
            fixture.Set("old" + i);
            fixture.Heat("old" + i);
        }

        fixture.Time.Advance(TimeSpan.FromSeconds(300));
        Fill(fixture, 60);
        fixture.Cache.Statistics().Hot.ShouldBe(0);
        fixture.Heat("cold59");
        fixture.Cache.Statistics().Hot.ShouldBe(1);
    }

    [Fact]
    public void Cache_EntryUsedSinceTheHandPassed_OutlivesUnusedOnes()
    {
        var fixture = new CacheFixture(capacity: 10);
        Fill(fixture, 10);
        fixture.Get("cold3").ShouldNotBeNull();
        for (var i = 0; i < 9; i++)
        {
            fixture.Set("new" + i);
        }

        fixture.Get("cold3").ShouldNotBeNull();
    }

    [Fact]
    public void Cache_LargeTexts_AreBoundedInBytes()
    {
        var fixture = new CacheFixture(capacityBytes: 1 << 20);
        for (var i = 0; i < 1_000; i++)
        {
            fixture.Set(i.ToString("D8", CultureInfo.InvariantCulture) + new string('x', 10_000), "a reason");
        }

        fixture.Set(new string('y', 60_000));
        var after = fixture.Cache.Statistics();
        after.Bytes.ShouldBeInRange(1 << 19, 1 << 20);
        after.Refused.ShouldBe(1);
    }

    [Fact]
    public void Cache_CapacityOfOne_TakesTheNewest()
    {
        var fixture = new CacheFixture(capacity: 1);
        fixture.Set("a");
        fixture.Heat("a");
        fixture.Set("b");
        fixture.Get("a").ShouldBeNull();
        fixture.Get("b").ShouldNotBeNull();
    }

    private static void Fill(CacheFixture fixture, int count)
    {
        for (var i = 0; i < count; i++)
        {
            fixture.Set("cold" + i);
        }
    }
}
