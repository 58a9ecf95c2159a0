using CsCheck;
using HdrHistogram;
using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Frames;
using Lighthouse.Engine.Telemetry.Recording;

namespace Lighthouse.Engine.Tests.Telemetry;

public sealed class RecordingTests
{
    private static readonly Gen<long> Durations = Gen.Double[0, 41.5].Select(static power => (long)Math.Pow(2, power));

    [Fact]
    public void Bucket_AnyDuration_IsWithinHalfAPercentOfItsMiddle() =>
        Durations.Sample(static nanoseconds =>
            Math.Abs(DurationBuckets.MiddleNanoseconds(DurationBuckets.IndexOf(nanoseconds)) - nanoseconds) <= 0.004 * nanoseconds);

    [Fact]
    public void Bucket_OfEveryIndex_ContainsItsMiddle()
    {
        for (var index = 0; index < DurationBuckets.Count; index++)
        {
            DurationBuckets.IndexOf((long)DurationBuckets.MiddleNanoseconds(index)).ShouldBe(index);
        }
    }

    [Fact]
    public void Bucket_Layout_IsThatOfHdrHistogram() =>
        Gen.Select(Durations, Durations).Sample(static (a, b) =>
        {
            var histogram = new LongHistogram(1, DurationBuckets.Longest, 2);
            return (histogram.LowestEquivalentValue(a) == histogram.LowestEquivalentValue(b)) == (DurationBuckets.IndexOf(a) == DurationBuckets.IndexOf(b));
        });

    [Fact]
    public void Percentiles_OfAnyMeasurements_AreWithinOnePercentOfTheTrueOnes() =>
        Durations.Array[1, 2_000].Sample(static durations =>
        {
            var merged = new Merged(DurationBuckets.Count, 1);
            merged.Add(FrameOf(durations));
            var found = merged.Percentiles();
            Array.Sort(durations);
            return Near(found.P50, 0.50) && Near(found.P95, 0.95) && Near(found.P99, 0.99) && Near(found.Max, 1);

            bool Near(double milliseconds, double quantile)
            {
                var exact = durations[Math.Max(0, (int)Math.Ceiling((quantile * durations.Length) - 1e-9) - 1)];
                return Math.Abs((milliseconds * 1e6) - exact) <= 0.01 * exact;
            }
        });

    [Fact]
    public void Frame_AnyBuckets_AreReadBackAsWritten() =>
        Gen.Select(Gen.Int[0, DurationBuckets.Count - 1], Gen.Long[1, 1L << 40]).Array[1, 100].Sample(static pairs =>
        {
            var buckets = new long[DurationBuckets.Count];
            foreach (var (bucket, count) in pairs)
            {
                buckets[bucket] = count;
            }

            var back = new long[DurationBuckets.Count];
            Frame.From(buckets, [buckets.Sum()])!.AddTo(back, 1);
            return back.AsSpan().SequenceEqual(buckets);
        });

    [Fact]
    public async Task Recording_WhileFramesClose_LosesNothing()
    {
        var fixture = new FiguresFixture();
        const int Workers = 4;
        const int Each = 250_000;
        var working = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                fixture.Recorder.Record(i, error: i % 10 == worker);
            }
        })));

        while (!working.IsCompleted)
        {
            fixture.Seconds(1);
            fixture.Window("1h")?.ErrorRatio.ShouldBeInRange(0, 1);
            await Task.Yield();
        }

        await working;
        fixture.Seconds(1);
        var totals = new Totals();
        fixture.Figures.ReadTotals(totals);
        (totals.Count, totals.Errors).ShouldBe((Workers * Each, Workers * Each / 10));
    }

    [Fact]
    public void Recording_AllocatesNothing()
    {
        var fixture = new FiguresFixture();
        var tier = fixture.Figures.Tier("memory");
        Record(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Record(10_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Record(int times)
        {
            for (var i = 0; i < times; i++)
            {
                fixture.Recorder.Record(i);
                tier.Record(i, Engine.Telemetry.Contracts.TierOutcome.Hit);
                fixture.Figures.Decided(i, Verdict.Allow);
            }
        }
    }

    private static Frame FrameOf(long[] durations)
    {
        var buckets = new long[DurationBuckets.Count];
        foreach (var one in durations)
        {
            buckets[DurationBuckets.IndexOf(one)]++;
        }

        return Frame.From(buckets, [durations.Length])!;
    }

    private sealed class Totals : Engine.Telemetry.Export.ITotalsReader
    {
        public long Count { get; private set; }
        public long Errors { get; private set; }

        public void Begin(FiguresSnapshot snapshot)
        {
        }

        public void Component(string name, Merged total)
        {
            Count += total.Count;
            Errors += total.Outcomes[ComponentRecorder.Failed];
        }

        public void Tier(string name, Merged total)
        {
        }

        public void Verdicts(ReadOnlySpan<long> counts)
        {
        }
    }
}
