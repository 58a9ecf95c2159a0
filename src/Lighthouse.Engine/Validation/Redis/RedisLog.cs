using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Redis;

/// <summary>Event ids 2300 to 2319.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(2300, LogLevel.Information, "Redis answers: {Topology}, tower key {KeyId}")]
    public static partial void Connected(this ILogger log, string topology, string keyId);

    [LoggerMessage(2301, LogLevel.Warning, "Redis cannot be reached: {Problem}. Every request is judged anew until it can")]
    public static partial void Unreachable(this ILogger log, string problem);

    [LoggerMessage(2302, LogLevel.Warning, "The generation was not confirmed for {Gap}: {Problem}. Nothing remembered answers meanwhile")]
    public static partial void Unconfirmed(this ILogger log, TimeSpan gap, string problem);

    [LoggerMessage(2303, LogLevel.Information, "The generation is confirmed again after {Gap}")]
    public static partial void ConfirmedAgain(this ILogger log, TimeSpan gap);

    [LoggerMessage(2304, LogLevel.Information, "A new generation: {Why}. What was remembered before no longer answers")]
    public static partial void NewGeneration(this ILogger log, string why);

    [LoggerMessage(2305, LogLevel.Warning, "Redis went back in time (restored or failed over without its last writes); a new incarnation was begun")]
    public static partial void WentBack(this ILogger log);

    [LoggerMessage(2306, LogLevel.Warning, "A value in Redis was refused: {Reason}. It was removed; somebody else writes under this prefix, or another tower key is in use")]
    public static partial void ValueRefused(this ILogger log, string reason);

    [LoggerMessage(2307, LogLevel.Warning, "Entries could not be written to Redis: {Problem}")]
    public static partial void WritesFailed(this ILogger log, string problem);

    [LoggerMessage(2308, LogLevel.Debug, "Epoch notices cannot be subscribed to: {Problem}. The periodic check finds every change")]
    public static partial void NoNotices(this ILogger log, string problem);

    [LoggerMessage(2309, LogLevel.Warning, "The shared event log cannot be read: {Problem}. Within a second this node decides nothing until it can")]
    public static partial void TruthUnread(this ILogger log, string problem);
}
