using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>The generation of a node that shares nothing: what it knows is all there is.</summary>
internal sealed class LocalEpochs(EpochJournal journal) : IEpochs
{
    private long _moves;
    private volatile string _stamp = "local.0";

    public string Stamp => _stamp;

    public bool IsConfirmed(long nowTimestamp) => true;

    public void Advance(EpochKind kind)
    {
        if (Epochs.EndsWhatIsRemembered(kind))
        {
            _stamp = "local." + Interlocked.Increment(ref _moves);
        }

        journal.Add(kind, "this node");
    }
}
