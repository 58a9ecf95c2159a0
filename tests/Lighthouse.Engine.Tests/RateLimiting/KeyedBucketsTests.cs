using CsCheck;
using Lighthouse.Engine.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.RateLimiting;

public sealed class KeyedBucketsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Keys_BeyondTheBound_ShareOneBucket()
    {
        var buckets = new KeyedBuckets(new RateLimit(60, 5), mostKeys: 10, _time);
        var passed = Enumerable.Range(0, 1_000).Sum(key => Passed(buckets, "k" + key, 10));
        passed.ShouldBe((10 * 5) + 5);
        buckets.Count.ShouldBe(10);
    }

    [Fact]
    public void Keys_ThatWereIdle_MakeRoomForOthers()
    {
        var buckets = new KeyedBuckets(new RateLimit(60, 5), mostKeys: 10, _time);
        for (var key = 0; key < 10; key++)
        {
            Passed(buckets, "old" + key, 1);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        Passed(buckets, "new", 10).ShouldBe(5);
        buckets.Count.ShouldBe(1);
    }

    [Fact]
    public void Keys_StillPaying_AreNotForgotten()
    {
        var buckets = new KeyedBuckets(new RateLimit(60, 5), mostKeys: 2, _time);
        Passed(buckets, "busy", 5);
        _time.Advance(TimeSpan.FromSeconds(2));
        Passed(buckets, "other", 1);
        Passed(buckets, "third", 1);
        Passed(buckets, "busy", 10).ShouldBe(2, "only two seconds were earned");
    }

    [Fact]
    public void Bucket_AnyRequests_NeverGrantsMoreThanRateTimesTimePlusBurst() =>
        Gen.Select(Gen.Int[1, 1_000], Gen.Int[1, 200], Gen.Select(Gen.Int[0, 5_000], Gen.Int[1, 20]).Array[1, 200]).Sample((perMinute, burst, steps) =>
        {
            var time = new FakeTimeProvider();
            var limit = new RateLimit(perMinute, burst);
            var buckets = new KeyedBuckets(limit, 10, time);
            var granted = 0L;
            var largest = burst;
            var start = time.GetUtcNow();
            foreach (var (milliseconds, permits) in steps)
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                if (!buckets.TryTake("k", time.GetTimestamp(), permits, out var wait))
                {
                    // The wait it names is exactly enough.
                    time.Advance(TimeSpan.FromTicks(wait - 1));
                    buckets.TryTake("k", time.GetTimestamp(), permits, out _).ShouldBeFalse();
                    time.Advance(TimeSpan.FromTicks(1));
                    buckets.TryTake("k", time.GetTimestamp(), permits, out _).ShouldBeTrue();
                }

                granted += permits;
                largest = Math.Max(largest, permits);
            }

            var minutes = (time.GetUtcNow() - start).TotalMinutes;
            return granted <= (perMinute * minutes) + largest + 0.01;
        });

    private int Passed(KeyedBuckets buckets, string key, int tries) =>
        Enumerable.Range(0, tries).Count(_ => buckets.TryTake(key, _time.GetTimestamp(), 1, out var _));
}
