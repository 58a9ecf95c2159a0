using System.Security.Cryptography;
using Lighthouse.Engine.Validation.Tiers.Redis;

namespace Lighthouse.Engine.Tests.Redis;

public sealed class FilterBitsTests
{
    [Fact]
    public void FullFilter_HidesNothingAndIsRarelyWrong()
    {
        var bits = new byte[FilterBits.Bits / 8];
        for (var i = 0; i < FilterBits.Entries; i++)
        {
            Set(bits, Key(i));
        }

        Enumerable.Range(0, FilterBits.Entries).ShouldAllBe(i => Contains(bits, Key(i)));
        var wrong = Enumerable.Range(FilterBits.Entries, 100_000).Count(i => Contains(bits, Key(i)));
        (wrong / 100_000.0).ShouldBeLessThan(0.01);
        ((double)FilterBits.Estimate(FilterBits.Fill(bits))).ShouldBe(FilterBits.Entries, FilterBits.Entries * 0.02);
    }

    [Fact]
    public void StringThatRedisKeepsShorter_EndsInZeroes()
    {
        var whole = new byte[FilterBits.Bits / 8];
        Set(whole, Key(1));
        var shorter = whole.AsSpan().TrimEnd((byte)0);
        Span<int> positions = stackalloc int[FilterBits.Hashes];
        FilterBits.Positions(Key(1), positions);
        FilterBits.Contains(shorter, positions).ShouldBeTrue();
        FilterBits.Positions(Key(2), positions);
        FilterBits.Contains(shorter, positions).ShouldBeFalse();
    }

    private static EntryKey Key(int number) => EntryKey.FromDigest(SHA256.HashData(BitConverter.GetBytes(number)));

    private static void Set(byte[] bits, EntryKey key)
    {
        Span<int> positions = stackalloc int[FilterBits.Hashes];
        FilterBits.Positions(key, positions);
        foreach (var position in positions)
        {
            bits[position >> 3] |= (byte)(0x80 >> (position & 7));
        }
    }

    private static bool Contains(byte[] bits, EntryKey key)
    {
        Span<int> positions = stackalloc int[FilterBits.Hashes];
        FilterBits.Positions(key, positions);
        return FilterBits.Contains(bits, positions);
    }
}
