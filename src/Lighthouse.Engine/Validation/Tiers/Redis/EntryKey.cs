using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <summary>
/// 256 bits that stand for a request and its scope under the tower's key: equal only where every byte is equal, and telling nothing to who
/// does not have the key. Half of them name the entry in Redis; the value is bound to all of them.
/// </summary>
internal readonly struct EntryKey
{
    private readonly Bits _bits;

    private EntryKey(Bits bits) => _bits = bits;

    public const int Size = 32;

    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Bits>(in _bits));

    /// <summary>Two halves for the positions in the filter, none of them part of the name in Redis.</summary>
    public (ulong First, ulong Second) Spread =>
        (BinaryPrimitives.ReadUInt64LittleEndian(Bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(Bytes[24..]));

    public static EntryKey FromDigest(ReadOnlySpan<byte> digest) => new(MemoryMarshal.Read<Bits>(digest));

    [InlineArray(Size)]
    private struct Bits
    {
        private byte _first;
    }
}

/// <summary>
/// SHA-256 over one block of secret and the request. No HMAC, which takes three times as long here: what follows the secret begins with its own
/// lengths, so no text is the beginning of another one, and half of the digest never leaves this process. That is what the second pass of an HMAC is for.
/// </summary>
internal sealed class EntryKeys(TowerKey tower, IOptions<RedisOptions> options)
{
    private const int SecretBlock = 64;

    // Behind the secret: lengths of tool, directory and input, and the scope's digest.
    private const int Fixed = SecretBlock + (3 * sizeof(int)) + EntryKey.Size;

    private readonly Lazy<byte[]> _secret = new(() => tower.Derive("entry names", SecretBlock));
    private readonly byte[] _prefix = Encoding.ASCII.GetBytes(options.Value.Prefix + ":v1:");

    public EntryKey Of(TierRequest asked)
    {
        var input = asked.RawInput;
        var tool = MemoryMarshal.AsBytes(asked.Request.Tool.AsSpan());
        var directory = MemoryMarshal.AsBytes(asked.Request.WorkingDirectory.AsSpan());
        var text = ArrayPool<byte>.Shared.Rent(Fixed + tool.Length + directory.Length + input.Length);
        var rest = text.AsSpan();
        _secret.Value.CopyTo(rest);
        rest = rest[SecretBlock..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, tool.Length);
        // An absent directory is not an empty one.
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], asked.Request.WorkingDirectory is null ? -1 : directory.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest[8..], input.Length);
        rest = rest[12..];
        asked.Scope.Digest.CopyTo(rest);
        rest = rest[EntryKey.Size..];
        tool.CopyTo(rest);
        directory.CopyTo(rest[tool.Length..]);
        input.CopyTo(rest[(tool.Length + directory.Length)..]);
        Span<byte> digest = stackalloc byte[EntryKey.Size];
        SHA256.HashData(text.AsSpan(0, Fixed + tool.Length + directory.Length + input.Length), digest);
        // The secret stood in it.
        ArrayPool<byte>.Shared.Return(text, clearArray: true);
        return EntryKey.FromDigest(digest);
    }

    /// <summary>Without braces: the entries spread over a cluster's servers.</summary>
    public RedisKey NameOf(in EntryKey key)
    {
        var name = new byte[_prefix.Length + Base64Url.GetEncodedLength(16)];
        _prefix.CopyTo(name, 0);
        Base64Url.EncodeToUtf8(key.Bytes[..16], name.AsSpan(_prefix.Length));
        return name;
    }
}
