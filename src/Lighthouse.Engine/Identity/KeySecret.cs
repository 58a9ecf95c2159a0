using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lighthouse.Engine.Identity;

/// <summary>SHA-256 of a secret. A slow hash protects weak secrets; keys carry 256 random bits, so the fast one is enough and keeps the hot path cheap.</summary>
internal readonly record struct KeyHash(UInt128 High, UInt128 Low)
{
    public static KeyHash From(ReadOnlySpan<byte> digest) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));

    /// <returns>Null when the text is no SHA-256 in hexadecimal.</returns>
    public static KeyHash? Parse(string hexadecimal)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        return hexadecimal.Length == digest.Length * 2
            && Convert.FromHexString(hexadecimal, digest, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == digest.Length
            ? From(digest)
            : null;
    }

    public override string ToString() => High.ToString("x32") + Low.ToString("x32");
}

internal static class KeySecret
{
    public const int ShortestChosen = 32;
    public const int Longest = 256;

    public static string Generate(string role) => $"lh_{role}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    /// <returns>Null for what can be no key at all, so that an absurd header costs no hashing.</returns>
    public static KeyHash? Hash(string secret)
    {
        if (secret.Length is < ShortestChosen or > Longest)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[Longest * 3];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(secret, text)], digest);
        return KeyHash.From(digest);
    }

    /// <summary>A key travels in a header: visible ASCII only.</summary>
    public static bool IsAcceptable(string secret) =>
        secret.Length is >= ShortestChosen and <= Longest && secret.All(static c => c is > ' ' and < '\x7f');
}
