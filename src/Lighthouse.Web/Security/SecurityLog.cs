namespace Lighthouse.Web.Security;

/// <summary>Log messages of security: event ids 6000 to 6099. No message carries a secret.</summary>
internal static partial class SecurityLog
{
    [LoggerMessage(6000, LogLevel.Warning, "A wrong or revoked key came from {Address} for {Path}")]
    public static partial void KeyRefused(this ILogger log, string address, string path);

    [LoggerMessage(6001, LogLevel.Warning, "A page of {Origin} reached for {Path} and was refused ({Unsaid} more since the last such line)")]
    public static partial void OriginRefused(this ILogger log, string origin, string path, long unsaid);

    [LoggerMessage(6002, LogLevel.Information, "{User} signed in ({How})")]
    public static partial void SignedIn(this ILogger log, string user, string how);

    [LoggerMessage(6003, LogLevel.Warning, "A sign-in as {User} from {Address} was refused ({Why})")]
    public static partial void SignInRefused(this ILogger log, string user, string address, string why);

    [LoggerMessage(6004, LogLevel.Error, "A sign-in of {User} could not be recorded in the event log; it was let in, so that somebody can look after the store")]
    public static partial void SignInNotRecorded(this ILogger log, Exception exception, string user);

    [LoggerMessage(6005, LogLevel.Warning, "{Actor} changed the human {User}: {Change}")]
    public static partial void HumanChanged(this ILogger log, string actor, string user, string change);

    [LoggerMessage(6006, LogLevel.Information, "First start: created {What}")]
    public static partial void Bootstrapped(this ILogger log, string what);

    [LoggerMessage(6007, LogLevel.Warning, "Lighthouse listens on {Address}, but answers only for the hosts {Hosts}; set AllowedHosts to the name that browsers use")]
    public static partial void HostsTooNarrow(this ILogger log, string address, string hosts);

    [LoggerMessage(6008, LogLevel.Warning, "A request named the host {Host} for {Path} and was refused ({Unsaid} more since the last such line); set AllowedHosts if that is a name of this server")]
    public static partial void HostRefused(this ILogger log, string host, string path, long unsaid);

    [LoggerMessage(6009, LogLevel.Error, "A hook call failed outside its route and was denied")]
    public static partial void HookGuarded(this ILogger log, Exception exception);

    [LoggerMessage(6010, LogLevel.Warning, "Too many tries of the user {UserId} to confirm their password; this one was not looked at")]
    public static partial void ConfirmationThrottled(this ILogger log, string userId);
}
