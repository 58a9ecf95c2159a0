using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>Row 1: warm verdict from memory, raw key to verdict, telemetry included.</summary>
internal static class WarmMemoryTier
{
    public static bool Run()
    {
        var set = new WorkingSet();
        var measured = Arena.Measure(1, 1_000_000, Cached.Dictionary(set), Cached.MemoryTier(set), WithTelemetry(set), Cached.LongDictionary(set));
        var (yardstick, whole) = (measured[0], measured[2]);
        Report.Row("1. Warm memory-tier verdict, one thread", measured, yardstick);
        return Report.Goal("1", whole.Ratio(yardstick) <= 3 && whole.Bytes == 0, $"{whole.Ratio(yardstick):F2}x (goal 3x), {whole.Bytes:F1} bytes (goal 0)");
    }

    private static Contender WithTelemetry(WorkingSet set)
    {
        var time = TimeProvider.System;
        var figures = new LiveFigures(time, new ChangeSignal(NullLogger<ChangeSignal>.Instance));
        var tier = figures.Tier("memory");
        return new Contender("memory tier with clock and figures", (times, thread) =>
        {
            var found = 0;
            var before = time.GetTimestamp();
            for (int i = 0, at = WorkingSet.Start(thread); i < times; i++, at++)
            {
                // One reading of the clock per request: its end is the next one's beginning.
                found += set.Cache.TryGet(set.KeyOf(set.Requests[set.Order[at & 0xffff]]), before, out var answer) ? 1 : 0;
                var now = time.GetTimestamp();
                tier.Record(now - before, TierOutcome.Hit);
                figures.Decided(now - before, answer!.Answer.Verdict);
                before = now;
            }

            Expect.All(found, times);
        });
    }
}
