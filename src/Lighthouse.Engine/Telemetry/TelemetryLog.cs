using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Telemetry;

/// <summary>Event ids 1100 to 1199.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(1101, LogLevel.Error, "A frame of figures could not be closed")]
    public static partial void FrameNotClosed(this ILogger log, Exception exception);

    [LoggerMessage(1102, LogLevel.Warning, "The gauges of {Source} could not be read and are missing from the export")]
    public static partial void GaugesNotRead(this ILogger log, Exception exception, string source);
}
