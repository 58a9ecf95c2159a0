using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>
/// XXH3 under a random seed of this process. It finds and does not decide: a hit compares the full text, so all that two colliding texts
/// can do is replace each other's entry. SipHash made a hit twice as dear.
/// </summary>
internal sealed class SeededFingerprinter(long seed) : IFingerprinter
{
    private const long Absent = 0x5bd1e995;

    public SeededFingerprinter()
        : this(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))))
    {
    }

    public Fingerprint Of(in DecisionKeyText key)
    {
        // Each field is hashed by itself and seeds the next: no text can slide from one into another.
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.Tool.AsSpan()), seed ^ (long)key.Scope.Low);
        hash = XxHash3.HashToUInt64(
            MemoryMarshal.AsBytes(key.WorkingDirectory.AsSpan()), (long)(hash ^ key.Scope.High) ^ (key.WorkingDirectory is null ? Absent : 0));
        var whole = XxHash128.HashToUInt128(key.Input, (long)hash);
        return new Fingerprint((ulong)whole, (ulong)(whole >> 64));
    }
}
