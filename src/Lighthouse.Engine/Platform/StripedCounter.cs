namespace Lighthouse.Engine.Platform;

/// <summary>A counter that many threads add to without waiting for each other's cache line. Reading sums the stripes.</summary>
internal sealed class StripedCounter
{
    // Two cache lines apart: neighbours are fetched in pairs.
    private const int Spacing = 16;

    private readonly long[] _cells = new long[(Stripes.Count + 1) * Spacing];

    public long Value
    {
        get
        {
            long sum = 0;
            for (var stripe = 1; stripe <= Stripes.Count; stripe++)
            {
                sum += Volatile.Read(ref _cells[stripe * Spacing]);
            }

            return sum;
        }
    }

    public void Increment() => Interlocked.Increment(ref _cells[(Stripes.Current + 1) * Spacing]);

    public void Add(long amount) => Interlocked.Add(ref _cells[(Stripes.Current + 1) * Spacing], amount);
}
