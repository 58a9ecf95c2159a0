using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>The generation of a node that shares nothing: what it knows is all there is.</summary>
internal sealed class LocalEpochs : IEpochs
{
    private long _moves;
    private volatile string _stamp = "local.0";

    public string Stamp => _stamp;

    public bool IsConfirmed(long nowTimestamp) => true;

    public void Advance(EpochKind kind)
    {
        if (EndsWhatIsRemembered(kind))
        {
            _stamp = "local." + Interlocked.Increment(ref _moves);
        }
    }

    // Agents and grants are looked up at every request and never remembered with a verdict.
    internal static bool EndsWhatIsRemembered(EpochKind kind) => kind is EpochKind.Policies or EpochKind.Profiles or EpochKind.Flags;
}
