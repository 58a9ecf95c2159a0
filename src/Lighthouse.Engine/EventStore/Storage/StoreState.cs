namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>What is wrong with the store, by cause: each is set and cleared by the part that knows.</summary>
internal sealed class StoreState
{
    private volatile string? _writing;
    private volatile string? _integrity;
    private volatile string? _folds;

    public bool Writable => _writing is null;

    /// <summary>Why appends fail; null while they succeed.</summary>
    public string? Writing { get => _writing; set => _writing = value; }

    /// <summary>What the last check of the chain found.</summary>
    public string? Integrity { get => _integrity; set => _integrity = value; }

    /// <summary>A fold that failed: what it holds in memory may lack an event until the next start.</summary>
    public string? Folds { get => _folds; set => _folds = value; }

    public string? Problem
    {
        get
        {
            var problems = new[] { _writing, _integrity, _folds }.OfType<string>().ToList();
            return problems.Count == 0 ? null : string.Join("; ", problems) + ".";
        }
    }
}
