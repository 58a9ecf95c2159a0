using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>
/// SipHash-1-3 with a 128-bit result under a random key of this process. A keyed pseudo-random function rather than a fast seeded hash: agents
/// choose the text, and nobody without the key can compute texts that crowd one bucket or replace each other's entries.
/// </summary>
internal sealed class SipFingerprinter : IFingerprinter
{
    private readonly ulong _key0;
    private readonly ulong _key1;

    public SipFingerprinter()
        : this(RandomNumberGenerator.GetBytes(16))
    {
    }

    public SipFingerprinter(ReadOnlySpan<byte> key)
    {
        _key0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        _key1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
    }

    public Fingerprint Of(in DecisionKeyText key)
    {
        var sip = new Sip(_key0, _key1);
        // Lengths first, every field padded to whole words: no text can slide from one field into the next.
        sip.Word(((ulong)(uint)key.Tool.Length << 32) | (uint)key.Input.Length);
        sip.Word((ulong)(key.WorkingDirectory?.Length ?? -1));
        sip.Word(key.Scope.Low);
        sip.Word(key.Scope.High);
        sip.Field(MemoryMarshal.AsBytes(key.Tool.AsSpan()));
        sip.Field(key.Input);
        sip.Field(MemoryMarshal.AsBytes(key.WorkingDirectory.AsSpan()));
        return sip.Finish();
    }

    private ref struct Sip(ulong key0, ulong key1)
    {
        private ulong _v0 = key0 ^ 0x736f6d6570736575;
        private ulong _v1 = key1 ^ 0x646f72616e646f6d ^ 0xee;
        private ulong _v2 = key0 ^ 0x6c7967656e657261;
        private ulong _v3 = key1 ^ 0x7465646279746573;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Word(ulong word)
        {
            _v3 ^= word;
            Round();
            _v0 ^= word;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Field(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length >= 8)
            {
                Word(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[8..];
            }

            if (bytes.Length > 0)
            {
                Word(Tail(bytes));
            }
        }

        public Fingerprint Finish()
        {
            _v2 ^= 0xee;
            Round();
            Round();
            Round();
            var low = _v0 ^ _v1 ^ _v2 ^ _v3;
            _v1 ^= 0xdd;
            Round();
            Round();
            Round();
            return new Fingerprint(low, _v0 ^ _v1 ^ _v2 ^ _v3);
        }

        private static ulong Tail(ReadOnlySpan<byte> bytes)
        {
            ulong word = 0;
            for (var i = bytes.Length - 1; i >= 0; i--)
            {
                word = (word << 8) | bytes[i];
            }

            return word;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Round()
        {
            _v0 += _v1;
            _v2 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v1;
            _v0 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
