using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>The versions of everything that an answer was computed under; any change makes every older answer unreachable.</summary>
internal readonly record struct DecisionEpochs(long Policy, long Profile, long Flags);

/// <summary>
/// Who may share an answer and under which epochs. The pipeline keeps one per agent and makes a new one when an epoch moves, so that a
/// look-up compares references. The text must name everything that sets agents apart: profile, groups, workspace roots, and the agent where policies do.
/// </summary>
internal sealed class DecisionScope : IEquatable<DecisionScope>
{
    public DecisionScope(string text, DecisionEpochs epochs)
    {
        Text = text;
        Epochs = epochs;
        var bytes = new byte[24 + Encoding.Unicode.GetByteCount(text)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, epochs.Policy);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), epochs.Profile);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), epochs.Flags);
        Encoding.Unicode.GetBytes(text, bytes.AsSpan(24));
        var hash = SHA256.HashData(bytes);
        Low = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        High = BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8));
    }

    public string Text { get; }
    public DecisionEpochs Epochs { get; }

    /// <summary>Half of the digest that stands for text and epochs in a fingerprint.</summary>
    public ulong Low { get; }
    public ulong High { get; }

    public bool Equals(DecisionScope? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Low == other.Low && High == other.High && Epochs == other.Epochs && Text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as DecisionScope);

    public override int GetHashCode() => (int)Low;
}
