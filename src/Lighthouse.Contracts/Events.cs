using System.Text.Json;

namespace Lighthouse.Contracts;

/// <summary>One entry of the event log. <see cref="Position"/> is global, gap-free and starts at 1; <see cref="Version"/> counts within the stream from 1.</summary>
public sealed record EventRecord(
    long Position, string Stream, long Version, string Type, DateTimeOffset OccurredAt, string Actor, JsonElement Payload);

/// <summary>Result of checking the hash chain and the authenticated head over the whole log.</summary>
public sealed record VerifyReport(bool Ok, long Events, long? FirstBrokenPosition, string? Problem);
