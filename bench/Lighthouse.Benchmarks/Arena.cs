using System.Diagnostics;

namespace Lighthouse.Benchmarks;

/// <summary>Contenders take turns, round by round, in an order that rotates; the first rounds warm up and do not count.</summary>
internal static class Arena
{
    public const int Rounds = 11;
    private const int WarmUp = 4;

    public static Measured[] Measure(int threads, int operations, params Contender[] contenders)
    {
        var rounds = contenders.Select(static _ => new Round[Rounds]).ToArray();
        for (var round = -WarmUp; round < Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var who = (turn + round + WarmUp) % contenders.Length;
                var result = Once(contenders[who], threads, operations);
                if (round >= 0)
                {
                    rounds[who][round] = result;
                }
            }
        }

        return [.. contenders.Select((one, i) => new Measured(one.Name, rounds[i]))];
    }

    private static Round Once(Contender contender, int threads, int operations)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var start = new Barrier(threads + 1);
        var nanoseconds = new double[threads];
        var bytes = new long[threads];
        var workers = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            contender.Run(operations, thread);
            nanoseconds[thread] = Stopwatch.GetElapsedTime(began).TotalNanoseconds / operations;
            bytes[thread] = GC.GetAllocatedBytesForCurrentThread() - allocated;
        })).ToArray();
        foreach (var worker in workers)
        {
            worker.Start();
        }

        start.SignalAndWait();
        foreach (var worker in workers)
        {
            worker.Join();
        }

        return new Round(nanoseconds.Average(), (double)bytes.Sum() / operations / threads);
    }
}
