using System.Runtime;

namespace Lighthouse.Benchmarks;

/// <summary>One run with the collector kept out where that is possible: its strikes are the machine's, and one is worth more than a doubling.</summary>
internal static class QuietRun
{
    private const long Heap = 200_000_000;

    /// <returns>Processor time of the thread in microseconds, and the bytes it allocated.</returns>
    public static (double Microseconds, long Bytes) Of(Action work)
    {
        var held = GC.TryStartNoGCRegion(Heap);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = ThreadClock.Microseconds();
        work();
        var took = ThreadClock.Microseconds() - began;
        var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (held && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }

        return (took, bytes);
    }
}
