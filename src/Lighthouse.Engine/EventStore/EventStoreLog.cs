using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.EventStore;

/// <summary>Log messages of the event store: event ids 2000 to 2099.</summary>
internal static partial class EventStoreLog
{
    [LoggerMessage(2000, LogLevel.Information, "Event log {Path} is open at position {Head}; {Folded} events folded in {Milliseconds} ms")]
    public static partial void Opened(ILogger log, string path, long head, long folded, long milliseconds);

    [LoggerMessage(2001, LogLevel.Error, "{Problem}. Lighthouse goes on, degraded; verify names the place. See docs/runbooks/event-log-broken.md")]
    public static partial void Broken(ILogger log, string problem);

    [LoggerMessage(2002, LogLevel.Warning, "The append-only trigger {Trigger} is missing: somebody removed it. Verify the log")]
    public static partial void TriggerMissing(ILogger log, string trigger);

    [LoggerMessage(2003, LogLevel.Error, "Fold {Fold} failed on the event at position {Position} ({Type}); its state may be incomplete until the next start")]
    public static partial void FoldFailed(ILogger log, Exception exception, string fold, long position, string type);

    [LoggerMessage(2004, LogLevel.Error, "The event log cannot be written: {Cause}. {Refused} appends were refused; further ones are until it can be written again")]
    public static partial void WriteFailed(ILogger log, Exception exception, string cause, int refused);

    [LoggerMessage(2005, LogLevel.Information, "The event log can be written again, from position {Head}")]
    public static partial void Recovered(ILogger log, long head);

    [LoggerMessage(2006, LogLevel.Warning, "A commit that had failed is durable after all: positions {From} to {To} are in the log, though nobody was told so")]
    public static partial void LateCommit(ILogger log, long from, long to);

    [LoggerMessage(2007, LogLevel.Critical, "The writer failed in an unexpected way; {Refused} appends were refused")]
    public static partial void WriterFailed(ILogger log, Exception exception, int refused);

    [LoggerMessage(2008, LogLevel.Information, "Event log verified: {Events} events in {Milliseconds} ms")]
    public static partial void Verified(ILogger log, long events, long milliseconds);

    [LoggerMessage(2009, LogLevel.Warning, "The check of the event log after the start did not finish")]
    public static partial void VerifyFailed(ILogger log, Exception exception);
}
