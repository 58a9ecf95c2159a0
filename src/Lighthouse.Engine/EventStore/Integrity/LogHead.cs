using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lighthouse.Engine.EventStore.Integrity;

/// <summary>
/// Where the log ends, written in the same commit as the events. <paramref name="Mac"/> is HMAC-SHA256 over the label
/// <c>lighthouse-head-1</c>, the position (64 bit, big endian) and the hash; empty where the key was missing.
/// </summary>
internal sealed record LogHead(long Position, byte[] Hash, byte[] Mac)
{
    public static LogHead Sign(long position, ReadOnlySpan<byte> hash, byte[]? key) =>
        new(position, hash.ToArray(), key is null ? [] : ComputeMac(position, hash, key));

    public bool IsAuthentic(byte[] key) =>
        Hash.Length == EventHash.Size && CryptographicOperations.FixedTimeEquals(Mac, ComputeMac(Position, Hash, key));

    private static byte[] ComputeMac(long position, ReadOnlySpan<byte> hash, byte[] key)
    {
        var label = "lighthouse-head-1"u8;
        Span<byte> text = stackalloc byte[label.Length + 8 + EventHash.Size];
        label.CopyTo(text);
        BinaryPrimitives.WriteInt64BigEndian(text[label.Length..], position);
        hash.CopyTo(text[(label.Length + 8)..]);
        return HMACSHA256.HashData(key, text);
    }
}
