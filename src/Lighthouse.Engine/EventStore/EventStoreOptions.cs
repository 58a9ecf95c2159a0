using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Engine.EventStore;

/// <summary>Limits of the event store: section <c>Lighthouse:EventStore</c>.</summary>
public sealed class EventStoreOptions
{
    public const string Section = "Lighthouse:EventStore";

    /// <summary>Events that may wait for the writer; beyond it an append is refused as <c>overloaded</c>.</summary>
    [Range(1, 1_000_000)]
    public int QueueEvents { get; set; } = 20_000;

    /// <summary>Payload bytes that may wait for the writer: memory stays bounded whatever the size of the events.</summary>
    [Range(1, 1_000_000_000)]
    public long QueueBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Events that share one commit.</summary>
    [Range(1, 100_000)]
    public int BatchEvents { get; set; } = 1_000;

    /// <summary>Payload bytes that share one commit.</summary>
    [Range(1, 1_000_000_000)]
    public long BatchBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a commit waits for a database that somebody else has locked, before its callers are told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections that read beside the writer.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = 6;

    /// <summary>Checks the whole log in the background after every start.</summary>
    public bool VerifyAtStart { get; set; } = true;
}
