using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lighthouse.Engine.EventStore.Integrity;

/// <summary>
/// The chain: SHA-256 over the previous event's hash (32 zero bytes before position 1) and the event's canonical bytes. Those are, in
/// this order, position, stream, version, type, occurred_at, actor, payload; numbers as 64 bit big endian, texts as UTF-8 and the
/// payload as stored, each preceded by its length as 32 bit big endian. This format never changes: a new one would be a new log.
/// </summary>
/// <remarks>Owned by one thread: it keeps one buffer.</remarks>
internal sealed class EventHash
{
    public const int Size = 32;

    private byte[] _buffer = new byte[4096];

    public static byte[] Genesis { get; } = new byte[Size];

    public void Compute(
        ReadOnlySpan<byte> previous, long position, ReadOnlySpan<byte> stream, long version, ReadOnlySpan<byte> type,
        long occurredAt, ReadOnlySpan<byte> actor, ReadOnlySpan<byte> payload, Span<byte> hash)
    {
        var size = Size + (3 * 8) + (4 * 4) + stream.Length + type.Length + actor.Length + payload.Length;
        if (_buffer.Length < size)
        {
            _buffer = new byte[Math.Max(size, _buffer.Length * 2)];
        }

        var writer = new Canonical(_buffer);
        writer.Raw(previous);
        writer.Number(position);
        writer.Text(stream);
        writer.Number(version);
        writer.Text(type);
        writer.Number(occurredAt);
        writer.Text(actor);
        writer.Text(payload);
        SHA256.HashData(_buffer.AsSpan(0, size), hash);
    }

    private ref struct Canonical(Span<byte> rest)
    {
        private Span<byte> _rest = rest;

        public void Raw(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_rest);
            _rest = _rest[bytes.Length..];
        }

        public void Number(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(_rest, value);
            _rest = _rest[8..];
        }

        public void Text(ReadOnlySpan<byte> bytes)
        {
            BinaryPrimitives.WriteInt32BigEndian(_rest, bytes.Length);
            _rest = _rest[4..];
            Raw(bytes);
        }
    }
}
