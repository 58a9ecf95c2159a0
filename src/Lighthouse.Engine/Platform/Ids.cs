using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lighthouse.Engine.Platform;

/// <summary>Time-ordered ids: a prefix letter, 48 bits of milliseconds and 80 random bits in Crockford base 32 (26 characters, as ULID).</summary>
internal static class Ids
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(string prefix, TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        RandomNumberGenerator.Fill(bytes[6..]);
        return prefix + Encode(bytes);
    }

    /// <summary>The id that belongs to these bytes, for ids that must come out the same on every try.</summary>
    public static string From(string prefix, ReadOnlySpan<byte> hash) => prefix + Encode(hash[..16]);

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return string.Create(26, value, static (text, rest) =>
        {
            for (var i = 25; i >= 0; i--)
            {
                text[i] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }
}
