namespace Lighthouse.Engine.EventStore.Contracts;

/// <summary>Tells followers of the log that it grew. The follower reads the events itself, after its own checkpoint.</summary>
public interface IHeadSignal
{
    /// <summary>Completes as soon as the log's head is beyond <paramref name="after"/>; at once when it already is.</summary>
    Task WaitAsync(long after, CancellationToken cancellationToken);
}
