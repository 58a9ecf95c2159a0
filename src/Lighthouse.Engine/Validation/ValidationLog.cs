using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation;

internal static partial class ValidationLog
{
    [LoggerMessage(2201, LogLevel.Error, "Tier {Tier} failed; it counts as an abstention")]
    public static partial void TierFailed(this ILogger log, Exception exception, string tier);

    [LoggerMessage(2202, LogLevel.Debug, "Request refused: {Code}")]
    public static partial void RequestRefused(this ILogger log, string code);

    [LoggerMessage(2203, LogLevel.Error, "A request could not be decided")]
    public static partial void RequestFailed(this ILogger log, Exception exception);
}
