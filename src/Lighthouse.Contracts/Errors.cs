namespace Lighthouse.Contracts;

/// <summary>Stable codes of every refusal, in problem details (<c>code</c>) and hub errors.</summary>
public static class ErrorCodes
{
    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not_found";
    public const string MalformedJson = "malformed_json";
    public const string MissingField = "missing_field";
    public const string InvalidField = "invalid_field";
    public const string UnknownTool = "unknown_tool";
    public const string CommandTooLong = "command_too_long";
    public const string BodyTooLarge = "body_too_large";
    public const string BatchTooLarge = "batch_too_large";
    public const string RequestIdReused = "request_id_reused";
    public const string RateLimited = "rate_limited";
    public const string Overloaded = "overloaded";
    public const string StorageUnavailable = "storage_unavailable";
    public const string EscalationDecided = "escalation_decided";
    public const string EscalationExpired = "escalation_expired";
    public const string AlreadyVoted = "already_voted";
    public const string OwnRequest = "own_request";
    public const string HumanRequired = "human_required";
    public const string FreshSignInRequired = "fresh_sign_in_required";
    public const string AgentSuspended = "agent_suspended";
    public const string EmergencyStop = "emergency_stop";
    public const string UnknownHost = "unknown_host";
    public const string InvalidPolicies = "invalid_policies";
    public const string NotSupported = "not_supported";
    public const string Conflict = "conflict";
    public const string Internal = "internal";
}

/// <summary>A refusal with a stable code. The message says what happened, what was kept and what to do.</summary>
public sealed class LighthouseException(string code, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; } = code;
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>Sizes that the contract promises.</summary>
public static class Limits
{
    /// <summary>UTF-8 bytes of a command after decoding.</summary>
    public const int CommandBytes = 65_536;
    public const int MessageBytes = 256 * 1024;
    public const int BatchBytes = 4 * 1024 * 1024;
    public const int BatchRequests = 500;
}
