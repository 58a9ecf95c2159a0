using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.RateLimiting;

namespace Lighthouse.Engine.Tests.RateLimiting;

public sealed class RequestLimiterTests
{
    private readonly LimiterFixture _fixture = new();

    // The predecessor's limit of 5 a minute let 200 through.
    [Fact]
    public void Limit_OfFivePerMinute_LetsFiveOfTwoHundredThrough()
    {
        var fixture = new LimiterFixture(new RateLimitingOptions { PerAgentPerMinute = 5 });
        fixture.Passed(LimiterFixture.Agent("a"), 200).ShouldBe(5);
        fixture.Seconds(11.9);
        fixture.Passed(LimiterFixture.Agent("a"), 200).ShouldBe(0);
        fixture.Seconds(0.1);
        fixture.Passed(LimiterFixture.Agent("a"), 200).ShouldBe(1);
        Should.Throw<LighthouseException>(() => fixture.Try(LimiterFixture.Agent("b"), 200)).Code.ShouldBe(ErrorCodes.BatchTooLarge);
    }

    [Fact]
    public void Agent_ByDefault_HasABurstOfHundredAndSixHundredAMinute()
    {
        var agent = LimiterFixture.Agent("a");
        _fixture.Passed(agent, 1_000).ShouldBe(100);
        var passed = 0;
        for (var second = 0; second < 60; second++)
        {
            _fixture.Seconds(1);
            passed += _fixture.Passed(agent, 50);
        }

        passed.ShouldBe(600);
    }

    [Fact]
    public void Agent_AfterALongPause_HasNoMoreThanItsBurst()
    {
        _fixture.Passed(LimiterFixture.Agent("a"), 1);
        _fixture.Seconds(86_400);
        _fixture.Passed(LimiterFixture.Agent("a"), 1_000).ShouldBe(100);
    }

    [Fact]
    public void Agent_WithTwoKeys_HasOneLimit()
    {
        _fixture.Passed(LimiterFixture.Agent("a", "key1"), 100).ShouldBe(100);
        _fixture.Passed(LimiterFixture.Agent("a", "key2"), 100).ShouldBe(0);
    }

    [Fact]
    public void Agents_DoNotUseEachOthersLimit()
    {
        _fixture.Passed(LimiterFixture.Agent("a"), 1_000).ShouldBe(100);
        _fixture.Passed(LimiterFixture.Agent("b"), 1_000).ShouldBe(100);
    }

    [Theory]
    [InlineData(Roles.Expert, 500)]
    [InlineData(Roles.Operator, 1_000)]
    [InlineData(Roles.Admin, 1_000)]
    [InlineData(Roles.Viewer, 500)]
    [InlineData(Roles.None, 100)]
    public void Role_HasALimitOfItsOwn(Roles role, int burst) => _fixture.Passed(LimiterFixture.Human(role), 5_000).ShouldBe(burst);

    [Fact]
    public void Agent_ThatClaimsARole_IsStillAnAgent() =>
        _fixture.Passed(LimiterFixture.Agent("a") with { Roles = Roles.Agent | Roles.Operator }, 1_000).ShouldBe(100);

    [Fact]
    public void System_IsNotLimited() => _fixture.Passed(Caller.System("demo"), 10_000).ShouldBe(10_000);

    [Fact]
    public void Batch_CountsEachOfItsRequests()
    {
        _fixture.Try(LimiterFixture.Agent("a"), 60).ShouldBeTrue();
        _fixture.Try(LimiterFixture.Agent("a"), 60).ShouldBeFalse();
        _fixture.Try(LimiterFixture.Agent("a"), 40).ShouldBeTrue();
    }

    [Fact]
    public void Batch_LargerThanTheBurst_IsGrantedFromAFullBucketAndEarnedAfterwards()
    {
        var agent = LimiterFixture.Agent("a");
        _fixture.Try(agent).ShouldBeTrue();
        _fixture.RetryAfter(agent, 500).ShouldBe(TimeSpan.FromSeconds(1));
        _fixture.Seconds(1);
        _fixture.Try(agent, 500).ShouldBeTrue();
        _fixture.RetryAfter(agent).ShouldBe(TimeSpan.FromSeconds(41), "400 borrowed requests at 10 a second, and one more");
        _fixture.Seconds(40);
        _fixture.Try(agent).ShouldBeFalse();
        _fixture.Seconds(0.1);
        _fixture.Try(agent).ShouldBeTrue();
    }

    [Fact]
    public void RetryAfter_WhenWaitedFor_IsEnough()
    {
        var fixture = new LimiterFixture(new RateLimitingOptions { PerAgentPerMinute = 7, Burst = 3 });
        var agent = LimiterFixture.Agent("a");
        fixture.Try(agent, 3).ShouldBeTrue();
        var wait = fixture.RetryAfter(agent, 2);
        wait.ShouldBe(TimeSpan.FromSeconds(18));
        fixture.Time.Advance(wait);
        fixture.Try(agent, 2).ShouldBeTrue();
    }

    [Fact]
    public void RetryAfter_OfAShortWait_IsOneSecond()
    {
        _fixture.Passed(LimiterFixture.Agent("a"), 100);
        _fixture.RetryAfter(LimiterFixture.Agent("a")).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Global_Exhausted_RefusesAndGivesTheAgentItsPermitsBack()
    {
        var fixture = new LimiterFixture(new RateLimitingOptions { PerAgentPerMinute = 100, GlobalPerMinute = 150 });
        fixture.Try(LimiterFixture.Agent("a"), 100).ShouldBeTrue();
        fixture.Try(LimiterFixture.Agent("b"), 50).ShouldBeFalse();
        fixture.Passed(LimiterFixture.Human(Roles.Operator), 10).ShouldBe(10, "people are not held up by agents");
        fixture.Seconds(60);
        fixture.Passed(LimiterFixture.Agent("b"), 200).ShouldBe(100);
    }

    [Fact]
    public void Limiter_RecordsEveryCall()
    {
        _fixture.Passed(LimiterFixture.Agent("a"), 150);
        _fixture.Recorded.ShouldBe(150);
    }

    [Fact]
    public async Task Limiter_ManyThreads_GrantExactlyTheBurst()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _fixture.Passed(LimiterFixture.Agent("a"), 10_000))));
        counts.Sum().ShouldBe(100);
    }
}
