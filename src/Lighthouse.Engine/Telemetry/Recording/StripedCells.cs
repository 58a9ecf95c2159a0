using Lighthouse.Engine.Platform;

namespace Lighthouse.Engine.Telemetry.Recording;

/// <summary>
/// Counts that only grow, one copy per stripe of threads. Nobody ever swaps or resets them: the reader takes the sum and subtracts what it saw
/// last time, so nothing can be lost between two readings. They wrap at 2^32, so a reader must come before that many counts: it comes every second.
/// </summary>
internal sealed class StripedCells
{
    // Stripes must not share a cache line, however few cells they have.
    private const int Margin = 32;
    private const int Block = 256;

    private readonly uint[][] _stripes = new uint[Stripes.Count][];

    public StripedCells(int length)
    {
        Length = length;
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new uint[Margin + length + Margin];
        }
    }

    public int Length { get; }

    public void Increment(int cell) => Interlocked.Increment(ref _stripes[Stripes.Current][Margin + cell]);

    public void Sum(Span<uint> into)
    {
        into.Clear();
        foreach (var stripe in _stripes)
        {
            var cells = stripe.AsSpan(Margin, Length);
            for (var start = 0; start < Length; start += Block)
            {
                // Most cells were never hit: durations of one thing lie close together.
                var block = cells.Slice(start, Math.Min(Block, Length - start));
                if (block.ContainsAnyExcept(0u))
                {
                    Add(block, into[start..]);
                }
            }
        }
    }

    private static void Add(ReadOnlySpan<uint> from, Span<uint> into)
    {
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = unchecked(into[i] + from[i]);
        }
    }
}
