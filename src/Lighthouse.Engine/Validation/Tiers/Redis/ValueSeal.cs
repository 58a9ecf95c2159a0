using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <summary>Why a value from Redis is not believed; also the name under which it is counted.</summary>
internal static class Refusals
{
    public const string TooLarge = "too large";
    public const string NotAuthentic = "not authentic";
    public const string WrongVersion = "wrong version";
    public const string Implausible = "implausible expiry";
    public const string NotAString = "not a string";
}

/// <summary>
/// Encrypts and authenticates what an entry says, its expiry and its key together: a value that somebody planted, changed, or copied to
/// another key does not open. Layout: version, expiry (ms), nonce, tag, sealed bytes. The key is another one for each hour of expiry, so that random nonces stay far from repeating.
/// </summary>
internal sealed class ValueSeal(TowerKey tower, IOptions<RedisOptions> options, TimeProvider time) : IDisposable
{
    public const int Overhead = 1 + sizeof(long) + NonceSize + TagSize;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Header = 1 + sizeof(long);
    private static readonly long Hour = (long)TimeSpan.FromHours(1).TotalMilliseconds;

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    // An instance serves one call at a time, and no call waits for another: each thread has its own. Two, since entries of this hour and the next are about.
    private readonly ThreadLocal<(long Hour, AesGcm Cipher)[]> _ciphers = new(static () => new (long, AesGcm)[2]);

    public byte[] Close(in EntryKey key, TierVerdict verdict, DateTimeOffset expiresAt)
    {
        var writer = new CompactWriter();
        RememberedAnswer.Write(writer, verdict);
        var value = new byte[Overhead + writer.Written.Length];
        value[0] = RememberedAnswer.Version;
        BinaryPrimitives.WriteInt64LittleEndian(value.AsSpan(1), expiresAt.ToUnixTimeMilliseconds());
        var nonce = value.AsSpan(Header, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> bound = stackalloc byte[Header + EntryKey.Size];
        Bind(value, key, bound);
        CipherOf(expiresAt.ToUnixTimeMilliseconds() / Hour).Encrypt(nonce, writer.Written, value.AsSpan(Overhead), value.AsSpan(Header + NonceSize, TagSize), bound);
        return value;
    }

    /// <returns>The answer, or null and why not; both null when it has expired.</returns>
    public (TierVerdict? Verdict, DateTimeOffset ExpiresAt, string? Refused) Open(in EntryKey key, ReadOnlySpan<byte> value)
    {
        if (value.Length > options.Value.MaxValueBytes)
        {
            return (null, default, Refusals.TooLarge);
        }

        if (value.Length < Overhead || value[0] != RememberedAnswer.Version)
        {
            return (null, default, Refusals.WrongVersion);
        }

        var expiry = BinaryPrimitives.ReadInt64LittleEndian(value[1..]);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (expiry <= now)
        {
            return (null, default, null);
        }

        if (expiry > now + (options.Value.TimeToLiveSeconds * 1000L) + (long)ClockTolerance.TotalMilliseconds)
        {
            return (null, default, Refusals.Implausible);
        }

        Span<byte> bound = stackalloc byte[Header + EntryKey.Size];
        Bind(value, key, bound);
        var rented = ArrayPool<byte>.Shared.Rent(value.Length - Overhead);
        var plain = rented.AsSpan(0, value.Length - Overhead);
        try
        {
            CipherOf(expiry / Hour).Decrypt(value.Slice(Header, NonceSize), value[Overhead..], value.Slice(Header + NonceSize, TagSize), plain, bound);
            var reader = new CompactReader(plain);
            return (RememberedAnswer.Read(ref reader), DateTimeOffset.FromUnixTimeMilliseconds(expiry), null);
        }
        catch (CryptographicException)
        {
            return (null, default, Refusals.NotAuthentic);
        }
        catch (InvalidDataException)
        {
            return (null, default, Refusals.WrongVersion);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public void Dispose() => _ciphers.Dispose();

    private static void Bind(ReadOnlySpan<byte> value, in EntryKey key, Span<byte> bound)
    {
        value[..Header].CopyTo(bound);
        key.Bytes.CopyTo(bound[Header..]);
    }

    private AesGcm CipherOf(long hour)
    {
        ref var kept = ref _ciphers.Value![hour & 1];
        if (kept.Cipher is null || kept.Hour != hour)
        {
            kept.Cipher?.Dispose();
            kept = (hour, new AesGcm(tower.Derive("values of hour " + hour), TagSize));
        }

        return kept.Cipher;
    }
}
