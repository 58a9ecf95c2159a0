using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// Who may share an answer, and under which generation of the rules. The pipeline keeps one object per combination, so that a look-up mostly
/// compares references. The parts must name everything that sets agents apart: profile, groups, workspace roots, and the agent where policies do.
/// </summary>
internal sealed class DecisionScope : IEquatable<DecisionScope>
{
    private readonly byte[] _digest;

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
        _digest = SHA256.HashData(MemoryMarshal.AsBytes(Text.AsSpan()));
        Low = BinaryPrimitives.ReadUInt64LittleEndian(_digest);
        High = BinaryPrimitives.ReadUInt64LittleEndian(_digest.AsSpan(8));
    }

    public string Text { get; }

    /// <summary>The generation among the parts: tells who still holds an answer whether anybody could ask for it.</summary>
    public string? Stamp { get; init; }

    /// <summary>SHA-256 of the text: stands for it where the text itself must not be.</summary>
    public ReadOnlySpan<byte> Digest => _digest;

    /// <summary>A quarter of the digest each, for fingerprints.</summary>
    public ulong Low { get; }
    public ulong High { get; }

    public string Hex() => Convert.ToHexStringLower(_digest);

    public bool Equals(DecisionScope? other) =>
        ReferenceEquals(this, other) || (other is not null && Low == other.Low && High == other.High && Text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as DecisionScope);

    public override int GetHashCode() => (int)Low;
}
