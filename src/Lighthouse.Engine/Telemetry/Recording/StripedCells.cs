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

    // All stripes in one array: an array of arrays would be one more place in memory to wait for.
    private readonly uint[] _cells;
    private readonly int _stride;

    public StripedCells(int length)
    {
        Length = length;
        _stride = Margin + length;
        _cells = new uint[(Stripes.Count * _stride) + Margin];
    }

    public int Length { get; }

    public void Increment(int cell) => Interlocked.Increment(ref _cells[(Stripes.Current * _stride) + Margin + cell]);

    public void Sum(Span<uint> into)
    {
        into.Clear();
        for (var stripe = 0; stripe < Stripes.Count; stripe++)
        {
            var cells = _cells.AsSpan((stripe * _stride) + Margin, Length);
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
