namespace Lighthouse.Web.Hubs;

internal static partial class HubLog
{
    [LoggerMessage(7001, LogLevel.Warning, "A message to an agent could not be delivered")]
    public static partial void DeliveryFailed(this ILogger log, Exception exception);

    [LoggerMessage(7002, LogLevel.Warning, "A connection of agent {AgentId} did not read what was sent to it and was cut. It can reconnect and read its escalations")]
    public static partial void SlowConnectionCut(this ILogger log, string agentId);

    [LoggerMessage(7003, LogLevel.Error, "A hub call failed: {Method}")]
    public static partial void HubCallFailed(this ILogger log, Exception exception, string method);
}
