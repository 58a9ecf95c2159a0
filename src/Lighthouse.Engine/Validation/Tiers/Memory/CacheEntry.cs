namespace Lighthouse.Engine.Validation.Tiers.Memory;

internal sealed class CacheEntry
{
    // Rough cost of the objects around the text: entry, dictionary node, decision.
    private const int Overhead = 512;
    private const int PartOverhead = 120;

    private readonly string _tool;
    private readonly byte[] _input;
    private readonly string? _workingDirectory;
    private readonly DecisionScope _scope;

    public CacheEntry(Fingerprint fingerprint, in DecisionKeyText key, CachedDecision decision, long expiresAt)
    {
        Fingerprint = fingerprint;
        Decision = decision;
        ExpiresAt = expiresAt;
        Bytes = SizeOf(key, decision);
        _tool = key.Tool;
        _input = key.Input.ToArray();
        _workingDirectory = key.WorkingDirectory;
        _scope = key.Scope;
    }

    public Fingerprint Fingerprint { get; }
    public CachedDecision Decision { get; }
    public long ExpiresAt { get; }
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
        foreach (var part in decision.Analysis?.Parts ?? [])
        {
            bytes += PartOverhead + (2 * ((part.Target?.Length ?? 0) + part.Why.Length));
        }

        return bytes;
    }

    public bool Matches(in DecisionKeyText key) =>
        key.Input.SequenceEqual(_input) && _scope.Equals(key.Scope) && key.Tool == _tool && key.WorkingDirectory == _workingDirectory;
}
