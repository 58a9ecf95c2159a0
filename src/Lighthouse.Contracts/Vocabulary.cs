using System.Text.Json.Serialization;

namespace Lighthouse.Contracts;

/// <summary>The answer to a request. Combined answers take the most severe: deny, then escalate, then allow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    [JsonStringEnumMemberName("allow")] Allow,
    [JsonStringEnumMemberName("escalate")] Escalate,
    [JsonStringEnumMemberName("deny")] Deny,
}

/// <summary>How bad the worst plausible outcome of a request is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Risk>))]
public enum Risk
{
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("medium")] Medium,
    [JsonStringEnumMemberName("high")] High,
    [JsonStringEnumMemberName("critical")] Critical,
}

/// <summary>Who answered. <see cref="FailClosed"/> means that nobody could, and the request was refused or escalated for that.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecisionTier>))]
public enum DecisionTier
{
    [JsonStringEnumMemberName("memory")] Memory,
    [JsonStringEnumMemberName("redis")] Redis,
    [JsonStringEnumMemberName("policy")] Policy,
    [JsonStringEnumMemberName("pattern")] Pattern,
    [JsonStringEnumMemberName("grant")] Grant,
    [JsonStringEnumMemberName("expert")] Expert,
    [JsonStringEnumMemberName("fail-closed")] FailClosed,
}

[JsonConverter(typeof(JsonStringEnumConverter<EscalationState>))]
public enum EscalationState
{
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("approved")] Approved,
    [JsonStringEnumMemberName("rejected")] Rejected,
    [JsonStringEnumMemberName("edited")] Edited,
    [JsonStringEnumMemberName("expired")] Expired,
    [JsonStringEnumMemberName("stale")] Stale,
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,
}

[JsonConverter(typeof(JsonStringEnumConverter<VoteKind>))]
public enum VoteKind
{
    [JsonStringEnumMemberName("approve")] Approve,
    [JsonStringEnumMemberName("reject")] Reject,
    [JsonStringEnumMemberName("edit")] Edit,
    [JsonStringEnumMemberName("ask")] Ask,
}

/// <summary>Names of the effects an action can have (SPEC, part 2).</summary>
public static class EffectNames
{
    public const string Read = "read";
    public const string WriteWorkspace = "write-workspace";
    public const string WriteOutside = "write-outside";
    public const string Delete = "delete";
    public const string NetworkIn = "network-in";
    public const string NetworkOut = "network-out";
    public const string ExecuteDynamic = "execute-dynamic";
    public const string Privilege = "privilege";
    public const string ProcessControl = "process-control";
    public const string PackageInstall = "package-install";
    public const string HistoryRewrite = "history-rewrite";
    public const string CredentialAccess = "credential-access";
    public const string Infrastructure = "infrastructure";
    public const string Persistence = "persistence";
    public const string Unknown = "unknown";
}

/// <summary>The six measured components, under the same names everywhere.</summary>
public static class ComponentNames
{
    public const string ValidationEngine = "validation_engine";
    public const string EventStore = "event_store";
    public const string Authentication = "authentication";
    public const string RateLimiter = "rate_limiter";
    public const string ExpertCoordination = "expert_coordination";
    public const string ShadowFilesystem = "shadow_filesystem";

    public static IReadOnlyList<string> All { get; } =
        [ValidationEngine, EventStore, Authentication, RateLimiter, ExpertCoordination, ShadowFilesystem];
}
