namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>What can change under a remembered verdict. The first three end what is remembered; all of them make every node look at its own copy of the truth again.</summary>
public enum EpochKind { Policies, Profiles, Flags, Grants, Agents }

/// <summary>
/// The generation that remembered verdicts belong to, the same on all nodes that share a Redis. A node may repeat a remembered verdict
/// only while it has lately confirmed that its stamp is the current one; without Redis there is one node, and it always has.
/// </summary>
public interface IEpochs
{
    /// <summary>
    /// Generation of policies, profiles and flags in one short text: part of the scope of every remembered verdict. The same object until it
    /// moves, so that a reader can compare references.
    /// </summary>
    string Stamp { get; }

    /// <summary>False when another node may have changed something that this one has not heard of yet; then nothing remembered may answer.</summary>
    /// <param name="nowTimestamp">From <see cref="TimeProvider.GetTimestamp"/>.</param>
    bool IsConfirmed(long nowTimestamp);

    /// <summary>
    /// Call it when a change is in force on this node: first the change, then this, else an old verdict could be filed under the new stamp.
    /// On this node nothing older answers once it returns, on the others within a second. Never blocks, never throws; may be called from an event fold.
    /// </summary>
    void Advance(EpochKind kind);
}

/// <summary>A copy of the truth on this node that has to be up to date before the node may confirm its generation.</summary>
public interface IEpochFollower
{
    /// <summary>
    /// Called at every check, because a change may be in force whose announcement was lost. Completes when everything that was in force before the
    /// call is in force here. While it fails, the node stays unconfirmed.
    /// </summary>
    /// <param name="moved">What others announced since the last check; often nothing.</param>
    ValueTask CatchUpAsync(IReadOnlyCollection<EpochKind> moved, CancellationToken cancellationToken);
}
