namespace Lighthouse.Web.Features.Demo;

/// <summary>Event ids 8200 to 8299.</summary>
internal static partial class DemoLog
{
    [LoggerMessage(8201, LogLevel.Debug, "The demo stops")]
    public static partial void DemoStops(this ILogger log);

    [LoggerMessage(8202, LogLevel.Warning, "The demo ended")]
    public static partial void DemoEnded(this ILogger log, Exception exception);

    [LoggerMessage(8203, LogLevel.Warning, "Keys of the demo are still live; the next start ends them")]
    public static partial void DemoKeysLeft(this ILogger log, Exception exception);

    [LoggerMessage(8204, LogLevel.Warning, "The demo needs an http address to connect to, and the server listens on none")]
    public static partial void DemoHasNoAddress(this ILogger log);

    [LoggerMessage(8205, LogLevel.Information, "Demo traffic: {Agents} virtual agents send made-up requests")]
    public static partial void DemoTraffic(this ILogger log, int agents);

    [LoggerMessage(8206, LogLevel.Information, "The demo agent {Key} has ended: its key was revoked")]
    public static partial void DemoAgentEnded(this ILogger log, string key);

    [LoggerMessage(8207, LogLevel.Debug, "A demo agent was refused: {Code}")]
    public static partial void DemoAgentRefused(this ILogger log, string code);

    [LoggerMessage(8208, LogLevel.Debug, "A demo agent lost its connection and comes back by itself")]
    public static partial void DemoAgentLostConnection(this ILogger log);

    [LoggerMessage(8209, LogLevel.Debug, "A demo agent goes on without an answer")]
    public static partial void DemoAgentGoesOn(this ILogger log);
}
