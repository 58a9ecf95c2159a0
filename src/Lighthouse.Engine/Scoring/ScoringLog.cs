using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Scoring;

internal static partial class ScoringLog
{
    [LoggerMessage(2120, LogLevel.Warning, "This build judges its own cases worse than it may: {Missed} dangerous allowed, {Friction} harmless asked, {Denied} harmless denied")]
    public static partial void BelowLimits(this ILogger log, int missed, int friction, int denied);

    [LoggerMessage(2121, LogLevel.Error, "The build's own cases could not be scored")]
    public static partial void NotCounted(this ILogger log, Exception exception);
}
