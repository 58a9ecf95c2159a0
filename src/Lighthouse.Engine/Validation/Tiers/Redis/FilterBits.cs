using System.Numerics;
using System.Runtime.InteropServices;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <summary>The arithmetic of the filter: 20,000 entries at less than one false positive in a hundred.</summary>
internal static class FilterBits
{
    public const int Entries = 20_000;
    public const int Bits = 24 * 1024 * 8;
    public const int Hashes = 7;

    public static void Positions(in EntryKey key, Span<int> positions)
    {
        var (first, second) = key.Spread;
        for (var i = 0; i < Hashes; i++)
        {
            positions[i] = (int)((first + ((ulong)i * (second | 1))) % Bits);
        }
    }

    /// <summary>The order of Redis' SETBIT: the first bit is the highest of the first byte. A string that Redis keeps shorter ends in zeroes.</summary>
    public static bool Contains(ReadOnlySpan<byte> bits, ReadOnlySpan<int> positions)
    {
        foreach (var position in positions)
        {
            if (position >> 3 >= bits.Length || (bits[position >> 3] & (0x80 >> (position & 7))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    public static double Fill(ReadOnlySpan<byte> bits)
    {
        var set = 0L;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bits))
        {
            set += BitOperations.PopCount(word);
        }

        return (double)set / Bits;
    }

    /// <summary>How many entries fill it so far: the usual estimate from the share of bits that are set.</summary>
    public static long Estimate(double fill) => fill >= 1 ? long.MaxValue : (long)Math.Round(-(double)Bits / Hashes * Math.Log(1 - fill));
}
