using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Tiers.Memory;

namespace Lighthouse.Engine.Tests.MemoryTier;

public sealed class DecisionCacheTests
{
    private readonly CacheFixture _fixture = new();

    [Fact]
    public void Entry_SameRequest_IsFound()
    {
        _fixture.Set("ls", "fine");
        _fixture.Get("ls").ShouldBe("fine");
        _fixture.Cache.Statistics().ShouldBe(new DecisionCacheStatistics(0, 0, 0, 1, 0, _fixture.Cache.Statistics().Bytes));
    }

    [Fact]
    public void Entry_AnyPartDiffers_IsMissed()
    {
        _fixture.Set("ls");
        _fixture.Get("la").ShouldBeNull();
        _fixture.Get("ls ").ShouldBeNull();
        _fixture.Get("ls", tool: "bash").ShouldBeNull();
        _fixture.Get("ls", directory: "/W").ShouldBeNull();
        _fixture.Get("ls", directory: null).ShouldBeNull();
        _fixture.Get("ls", scope: new DecisionScope("guarded", "/v")).ShouldBeNull();
        _fixture.Get("ls", scope: new DecisionScope("guarded", "/w", null)).ShouldBeNull();
        _fixture.Get("ls", scope: new DecisionScope("guarded\n", "/w")).ShouldBeNull();
    }

    [Fact]
    public void Scope_PartsThatCouldSlideIntoEachOther_AreOtherScopes()
    {
        new DecisionScope("guarded", "/a\n2:/b", null).ShouldNotBe(new DecisionScope("guarded", "/a", "/b"));
        new DecisionScope("guarded", "", null).ShouldNotBe(new DecisionScope("guarded", null, ""));
    }

    [Fact]
    public void Entry_EqualScopeOfAnotherInstance_IsFound()
    {
        _fixture.Set("ls");
        _fixture.Get("ls", scope: new DecisionScope("guarded", "/w")).ShouldBe("ls");
    }

    [Fact]
    public void Entry_AbsentDirectoryAndEmptyDirectory_AreTwo()
    {
        _fixture.Set("ls", "absent", directory: null);
        _fixture.Get("ls", directory: "").ShouldBeNull();
        _fixture.Get("ls", directory: null).ShouldBe("absent");
    }

    [Fact]
    public void Entry_TextMovedFromOneFieldToTheNext_IsMissed()
    {
        _fixture.Set("ab", tool: "c", directory: "d");
        _fixture.Get("a", tool: "cb", directory: "d").ShouldBeNull();
        _fixture.Get("abd", tool: "c", directory: "").ShouldBeNull();
    }

    [Fact]
    public void Entry_AtItsTimeToLive_IsGoneHoweverHot()
    {
        _fixture.Set("ls");
        _fixture.Heat("ls", 100);
        _fixture.Time.Advance(TimeSpan.FromSeconds(300) - TimeSpan.FromTicks(1));
        _fixture.Get("ls").ShouldNotBeNull();
        _fixture.Time.Advance(TimeSpan.FromTicks(1));
        _fixture.Get("ls").ShouldBeNull();
        var after = _fixture.Cache.Statistics();
        (after.Count, after.Hot, after.Bytes, after.Expirations).ShouldBe((0, 0, 0, 1));
    }

    [Fact]
    public void Entry_PromotedWithALifeAlreadySpent_KeepsItsExpiry()
    {
        _fixture.Set("ls", remaining: _fixture.Time.TimestampFrequency * 5);
        _fixture.Time.Advance(TimeSpan.FromSeconds(5));
        _fixture.Get("ls").ShouldBeNull();
        _fixture.Set("ls", remaining: 0);
        _fixture.Cache.Statistics().Count.ShouldBe(0);
        _fixture.Set("ls", remaining: long.MaxValue);
        _fixture.Time.Advance(TimeSpan.FromSeconds(300));
        _fixture.Get("ls").ShouldBeNull();
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    public void Entry_AfterHits_IsHotPastTen(int hits, int hot)
    {
        _fixture.Set("ls");
        _fixture.Heat("ls", hits);
        _fixture.Cache.Statistics().Hot.ShouldBe(hot);
    }

    [Fact]
    public void Escalation_IsNeverKept() =>
        Should.Throw<ArgumentException>(() => _fixture.Cache.Set(
            new DecisionKeyText("Bash", "x"u8, null, CacheFixture.Scope), 0, new CachedDecision { Verdict = Verdict.Escalate, Reason = "x", Risk = Risk.Low }));

    [Fact]
    public void Clear_ForgetsEverything()
    {
        _fixture.Set("ls");
        _fixture.Heat("ls");
        _fixture.Cache.Clear();
        _fixture.Get("ls").ShouldBeNull();
        var after = _fixture.Cache.Statistics();
        (after.Count, after.Hot, after.Bytes).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void Entry_CraftedCollision_NeverBorrowsAVerdict()
    {
        var fixture = new CacheFixture(fingerprinter: new CollidingFingerprinter());
        fixture.Set("ls", "harmless");
        fixture.Get("rm -rf ~").ShouldBeNull();
        fixture.Set("rm -rf ~", "dangerous");
        fixture.Get("ls").ShouldBeNull();
        fixture.Get("rm -rf ~").ShouldBe("dangerous");
        fixture.Cache.Statistics().Count.ShouldBe(1);
    }

    [Fact]
    public void Hit_AllocatesNothing()
    {
        var cache = _fixture.Cache;
        _fixture.Set("""{"command":"ls -la src"}""");
        var input = """{"command":"ls -la src"}"""u8.ToArray();
        var hits = 0;
        // The runtime itself allocates on this thread when it swaps in faster code: one clean round out of many shows what a hit costs.
        var least = long.MaxValue;
        for (var round = 0; round < 50 && least > 0; round++)
        {
            hits = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            Measure(10_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        (least, hits).ShouldBe((0, 10_000));

        void Measure(int times)
        {
            for (var i = 0; i < times; i++)
            {
                hits += cache.TryGet(new DecisionKeyText("Bash", input, "/w", CacheFixture.Scope), 1, out _) ? 1 : 0;
            }
        }
    }
}
