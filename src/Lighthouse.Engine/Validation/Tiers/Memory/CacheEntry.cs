using System.Runtime.InteropServices;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

internal sealed class CacheEntry
{
    // Rough cost of the objects around the text: entry, dictionary node, decision.
    private const int Overhead = 512;
    private const int PartOverhead = 120;

    // Input, tool and directory in one array: a hit reads one place in memory instead of three.
    private readonly byte[] _text;
    private readonly int _inputLength;
    private readonly int _toolLength;
    private readonly bool _hasDirectory;
    private readonly DecisionScope _scope;
    private CacheEntry? _next;

    public CacheEntry(Fingerprint fingerprint, in DecisionKeyText key, CachedDecision decision, long since, long expiresAt)
    {
        Fingerprint = fingerprint;
        Decision = decision;
        Since = since;
        ExpiresAt = expiresAt;
        Bytes = SizeOf(key, decision);
        _text = [.. key.Input, .. BytesOf(key.Tool), .. BytesOf(key.WorkingDirectory)];
        _inputLength = key.Input.Length;
        _toolLength = BytesOf(key.Tool).Length;
        _hasDirectory = key.WorkingDirectory is not null;
        _scope = key.Scope;
    }

    public Fingerprint Fingerprint { get; }

    /// <summary>The next one in its bucket; written under the cache's lock, read without.</summary>
    public CacheEntry? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    public CachedDecision Decision { get; }
    public long Since { get; }
    public long ExpiresAt { get; }
    public string Tool => new(MemoryMarshal.Cast<byte, char>(_text.AsSpan(_inputLength, _toolLength)));
    public ReadOnlySpan<byte> Input => _text.AsSpan(0, _inputLength);
    public int Bytes { get; }

    /// <summary>Counted without a lock and only until the entry is hot: a lost count makes it hot one hit later, and a hot entry is not written to.</summary>
    public int Hits { get; set; }

    /// <summary>Used since the hand last passed.</summary>
    public bool Referenced { get; set; }

    public bool Hot { get; set; }

    /// <summary>Its place in the ring; -1 once removed.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Text and analysis: a short command can expand to hundreds of long paths.</summary>
    public static int SizeOf(in DecisionKeyText key, CachedDecision decision)
    {
        var bytes = Overhead + key.Input.Length + (2 * (key.Tool.Length + (key.WorkingDirectory?.Length ?? 0)));
        bytes += 2 * decision.Reason.Length;
        foreach (var part in decision.Analysis?.Parts ?? [])
        {
            bytes += SizeOf(part);
        }

        // Mostly one of the parts above; from Redis, a copy.
        return decision.Deciding is { } deciding ? bytes + SizeOf(deciding.Part) + (2 * (deciding.Rule.Length + deciding.Because.Length)) : bytes;
    }

    private static int SizeOf(ActionPart part) => PartOverhead + (2 * ((part.Target?.Length ?? 0) + (part.Path?.Length ?? 0) + part.Why.Length));

    public bool Matches(in DecisionKeyText key)
    {
        var text = _text.AsSpan();
        var tool = BytesOf(key.Tool);
        // Equal lengths of input and tool are part of being equal: nothing can slide from one into the other.
        if (key.Input.Length != _inputLength || tool.Length != _toolLength || key.WorkingDirectory is not null != _hasDirectory || !text.StartsWith(key.Input))
        {
            return false;
        }

        text = text[_inputLength..];
        return text.StartsWith(tool) && text[_toolLength..].SequenceEqual(BytesOf(key.WorkingDirectory)) && _scope.Equals(key.Scope);
    }

    private static ReadOnlySpan<byte> BytesOf(string? text) => MemoryMarshal.AsBytes(text.AsSpan());
}
