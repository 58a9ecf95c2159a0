using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Identity;

/// <summary>An agent as the log has it.</summary>
/// <param name="Version">Version of the agent's stream, for the next change.</param>
internal sealed record AgentRecord(
    string Id, string Name, string Owner, string Profile, DateTimeOffset CreatedAt, long Version, string? SuspendedReason);

/// <summary>A key as the log has it.</summary>
/// <param name="Caller">Built once: verification allocates nothing.</param>
internal sealed record KeyRecord(KeyHash Hash, Caller Caller, Roles Role, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    public string Id => Caller.Id;
    public string Owner => Caller.Owner!;
    public string? AgentId => Caller.Agent?.Id;
    public required IReadOnlyList<string> WorkspaceRoots { get; init; }

    public KeySummary Summary() => new(Id, Caller.Name, Role, Owner, AgentId, CreatedAt, RevokedAt);
}

internal static class Streams
{
    public const string EmergencyStop = "emergency-stop";

    public static string Agent(string id) => "agent-" + id;
    public static string Key(string id) => "key-" + id;
}

internal static class KeyRoles
{
    /// <returns>The role's word, or null when it is not exactly one of the four that a key can have.</returns>
    public static string? Word(Roles role) => role switch
    {
        Roles.Agent => "agent",
        Roles.Expert => "expert",
        Roles.Operator => "operator",
        Roles.Admin => "admin",
        _ => null,
    };

    public static Roles Parse(string word) => word switch
    {
        "agent" => Roles.Agent,
        "expert" => Roles.Expert,
        "operator" => Roles.Operator,
        "admin" => Roles.Admin,
        _ => Roles.None,
    };
}
