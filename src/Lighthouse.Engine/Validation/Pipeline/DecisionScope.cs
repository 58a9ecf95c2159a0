using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// Who may share an answer, and under which generation of the rules. The pipeline keeps one object per combination, so that a look-up mostly
/// compares references. The parts must name everything that sets agents apart: profile, groups, workspace roots, and the agent where policies do.
/// </summary>
internal sealed class DecisionScope : IEquatable<DecisionScope>
{
    /// <param name="parts">In a fixed order; null differs from empty.</param>
    public DecisionScope(params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            // The length goes first: directories are chosen by agents, and no two lists of parts may have the same text.
            text.Append(part?.Length ?? -1).Append(':').Append(part).Append('\n');
        }

        Text = text.ToString();
        var hash = SHA256.HashData(Encoding.Unicode.GetBytes(Text));
        Low = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        High = BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8));
    }

    public string Text { get; }

    /// <summary>Half of the digest that stands for the text in a fingerprint.</summary>
    public ulong Low { get; }
    public ulong High { get; }

    public bool Equals(DecisionScope? other) =>
        ReferenceEquals(this, other) || (other is not null && Low == other.Low && High == other.High && Text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as DecisionScope);

    public override int GetHashCode() => (int)Low;
}
