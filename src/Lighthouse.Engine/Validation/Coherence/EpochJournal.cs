using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>The last invalidations and what keeps this node from confirming, for the people who ask why.</summary>
internal sealed class EpochJournal(TimeProvider time, IChangeSignal changes)
{
    private const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly Queue<Invalidation> _recent = new();
    private string? _problem;
    private long _count;
    private long _failures;

    public string? Problem => Volatile.Read(ref _problem);

    public long Count => Volatile.Read(ref _count);

    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Invalidation> Recent
    {
        get
        {
            lock (_gate)
            {
                return [.. _recent.Reverse()];
            }
        }
    }

    /// <param name="kind">Null: everything, because Redis lost what it knew.</param>
    public void Add(EpochKind? kind, string by)
    {
        lock (_gate)
        {
            _count++;
            _recent.Enqueue(new Invalidation(time.GetUtcNow(), kind, by));
            if (_recent.Count > Kept)
            {
                _recent.Dequeue();
            }
        }

        changes.Publish(ChangeTopic.System);
    }

    public void Succeeded() => Volatile.Write(ref _problem, null);

    /// <returns>True when this problem is news.</returns>
    public bool Failed(string problem)
    {
        Interlocked.Increment(ref _failures);
        return Interlocked.Exchange(ref _problem, problem) is null;
    }
}
