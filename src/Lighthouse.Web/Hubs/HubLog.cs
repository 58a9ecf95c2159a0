namespace Lighthouse.Web.Hubs;

internal static partial class HubLog
{
    [LoggerMessage(7001, LogLevel.Warning, "A message to an agent could not be delivered")]
    public static partial void DeliveryFailed(this ILogger log, Exception exception);

    [LoggerMessage(7002, LogLevel.Error, "Too many messages wait for agents; one was dropped. The agent can still read its escalation")]
    public static partial void DeliveryDropped(this ILogger log);

    [LoggerMessage(7003, LogLevel.Error, "A hub call failed: {Method}")]
    public static partial void HubCallFailed(this ILogger log, Exception exception, string method);
}
