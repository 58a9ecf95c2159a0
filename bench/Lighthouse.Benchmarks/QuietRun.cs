using System.Runtime;

namespace Lighthouse.Benchmarks;

/// <summary>
/// What a piece of work costs when the machine leaves it alone: the lesser of a run with the collector kept out, which may meet cold memory, and one
/// with the collector at liberty, which it may strike. Either is worth more than a doubling, and neither is the work's own.
/// </summary>
internal static class QuietRun
{
    private const long Heap = 200_000_000;

    /// <returns>Processor time of the thread in microseconds, and the bytes it allocated.</returns>
    public static (double Microseconds, long Bytes) Of(Action work)
    {
        var held = GC.TryStartNoGCRegion(Heap);
        var quiet = Once(work);
        if (held && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }

        var plain = Once(work);
        return (Math.Min(quiet.Microseconds, plain.Microseconds), Math.Min(quiet.Bytes, plain.Bytes));
    }

    private static (double Microseconds, long Bytes) Once(Action work)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = ThreadClock.Microseconds();
        work();
        return (ThreadClock.Microseconds() - began, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
