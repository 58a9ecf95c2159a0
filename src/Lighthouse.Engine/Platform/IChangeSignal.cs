namespace Lighthouse.Engine.Platform;

/// <summary>What may have changed. A signal carries no content: the reader re-reads what it shows.</summary>
[Flags]
public enum ChangeTopic
{
    None = 0,
    Decisions = 1,
    Escalations = 2,
    Agents = 4,
    Figures = 8,
    System = 16,
    Policies = 32,
}

/// <summary>"Something changed": cheap to publish, coalesced by the readers.</summary>
public interface IChangeSignal
{
    /// <summary>Never blocks and never throws, whatever a subscriber does.</summary>
    void Publish(ChangeTopic topics);

    /// <summary>The callback runs on the publisher's thread: it must only set a flag or write to a bounded channel.</summary>
    IDisposable Subscribe(ChangeTopic topics, Action onChange);
}
