using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lighthouse.Engine.Telemetry.Recording;

/// <summary>
/// The bucket layout of an HdrHistogram with two significant digits over nanoseconds: exact up to 255 ns, then 128 buckets an octave. A
/// bucket's middle is within 0.4% of everything in it. What lasts longer than an hour counts in the last bucket.
/// </summary>
internal static class DurationBuckets
{
    public const long Longest = 3_600_000_000_000;

    private const int HalfBits = 7;
    private const int Half = 1 << HalfBits;

    public static readonly int Count = IndexOf(Longest) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(long nanoseconds)
    {
        var value = (ulong)Math.Clamp(nanoseconds, 0, Longest);
        var octave = BitOperations.Log2(value | ((2 * Half) - 1)) - HalfBits;
        return (octave << HalfBits) + (int)(value >> octave);
    }

    public static double MiddleNanoseconds(int index)
    {
        if (index < 2 * Half)
        {
            return index;
        }

        var octave = (index >> HalfBits) - 1;
        var lowest = (long)(index - (octave << HalfBits)) << octave;
        return lowest + (((1L << octave) - 1) / 2.0);
    }

    public static double MiddleMilliseconds(int index) => MiddleNanoseconds(index) / 1e6;
}
