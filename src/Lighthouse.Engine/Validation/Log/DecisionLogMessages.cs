using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Log;

/// <summary>Log messages of the decision log: event ids 2100 to 2119.</summary>
internal static partial class DecisionLogMessages
{
    [LoggerMessage(2100, LogLevel.Information, "The searchable decision log is rebuilt from the event log: {Reason}")]
    public static partial void Rebuilding(ILogger log, string reason);

    [LoggerMessage(2101, LogLevel.Warning, "The decision at position {Position} cannot be read and is left out of the search; verify says whether it was changed")]
    public static partial void Unreadable(ILogger log, long position);

    [LoggerMessage(2102, LogLevel.Error, "The searchable decision log cannot be brought up to date; trying again in {Delay}")]
    public static partial void Failed(ILogger log, Exception exception, TimeSpan delay);
}
