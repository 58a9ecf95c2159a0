namespace Lighthouse.Web.Security;

internal static partial class SecurityLog
{
    [LoggerMessage(6001, LogLevel.Warning, "A key was refused ({Code}) at {Path}")]
    public static partial void KeyRefused(this ILogger log, string code, string path);

    [LoggerMessage(6002, LogLevel.Error, "A request failed at {Path}")]
    public static partial void RequestFailed(this ILogger log, Exception exception, string path);

    [LoggerMessage(6003, LogLevel.Warning, "A request from another origin was refused: {Origin} at {Path}")]
    public static partial void OriginRefused(this ILogger log, string origin, string path);

    [LoggerMessage(6004, LogLevel.Warning, "Sign-in refused for {User}: {Why}")]
    public static partial void SignInRefused(this ILogger log, string user, string why);

}
