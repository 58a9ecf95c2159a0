using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Platform;

/// <summary>Event ids 1000 to 1099.</summary>
internal static partial class PlatformLog
{
    [LoggerMessage(1001, LogLevel.Error, "A change subscriber failed")]
    public static partial void SubscriberFailed(this ILogger log, Exception exception);
}
