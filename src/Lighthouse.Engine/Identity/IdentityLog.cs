using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Identity;

/// <summary>Log messages of agents and keys: event ids 3000 to 3099.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(3000, LogLevel.Error, "A {Type} event at position {Position} is not understood by this build and was left aside")]
    public static partial void EventNotUnderstood(this ILogger log, string type, long position);

    [LoggerMessage(3001, LogLevel.Error, "A listener failed on a revoked key or suspended agent; the change is in force")]
    public static partial void ListenerFailed(this ILogger log, Exception exception);

    [LoggerMessage(3002, LogLevel.Information, "{Actor} created key {KeyId} ({Role}) for {Owner}")]
    public static partial void KeyCreated(this ILogger log, string actor, string keyId, string role, string owner);

    [LoggerMessage(3003, LogLevel.Information, "{Actor} revoked key {KeyId}")]
    public static partial void KeyRevoked(this ILogger log, string actor, string keyId);

    [LoggerMessage(3004, LogLevel.Warning, "{Actor} suspended agent {AgentId}")]
    public static partial void AgentSuspended(this ILogger log, string actor, string agentId);

    [LoggerMessage(3005, LogLevel.Information, "{Actor} resumed agent {AgentId}")]
    public static partial void AgentResumed(this ILogger log, string actor, string agentId);

    [LoggerMessage(3006, LogLevel.Critical, "{Actor} engaged the emergency stop: every agent is denied")]
    public static partial void EmergencyStopEngaged(this ILogger log, string actor);

    [LoggerMessage(3007, LogLevel.Warning, "{Actor} released the emergency stop")]
    public static partial void EmergencyStopReleased(this ILogger log, string actor);
}
