namespace Lighthouse.Web.Api;

internal static partial class ApiLog
{
    [LoggerMessage(8001, LogLevel.Error, "A hook call failed and was denied")]
    public static partial void HookFailed(this ILogger log, Exception exception);
}
