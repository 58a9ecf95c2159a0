namespace Lighthouse.Web.Live;

/// <summary>Event ids 8100 to 8199.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(8101, LogLevel.Error, "A page could not refresh")]
    public static partial void PageNotRefreshed(this ILogger log, Exception exception);
}
