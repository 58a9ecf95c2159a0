namespace Lighthouse.Engine.Identity.Contracts;

[Flags]
public enum Roles
{
    None = 0,
    Agent = 1,
    Viewer = 2,
    Expert = 4,
    Operator = 8,
    Admin = 16,
}

public enum CallerKind { Human, Key, System }

/// <summary>Who is asking, as verified; never as claimed.</summary>
/// <param name="Id">Stable: the user id of a human, the key id of a key.</param>
/// <param name="Agent">The agent that a key of role agent stands for; null for all others.</param>
/// <param name="Owner">User name of the human who answers for a key; null for humans.</param>
public sealed record Caller(string Id, CallerKind Kind, Roles Roles, string Name, string? Owner, AgentIdentity? Agent)
{
    /// <summary>When a human last gave their password; null for keys, and for a human of whom that is not known.</summary>
    public PasswordProof? Proof { get; init; }

    /// <summary>As written into events: <c>human:name</c>, <c>key:id</c>, <c>agent:id</c>, <c>system:name</c>.</summary>
    public string Actor => Kind switch
    {
        CallerKind.Human => "human:" + Name,
        CallerKind.System => "system:" + Name,
        _ => Agent is null ? "key:" + Id : "agent:" + Agent.Id,
    };

    public bool Is(Roles anyOf) => (Roles & (anyOf | Roles.Admin)) != 0;

    public static Caller System(string name) => new("system", CallerKind.System, Roles.None, name, null, null);
}

/// <param name="WorkspaceRoots">Roots of this key, or empty for the configured ones.</param>
public sealed record AgentIdentity(string Id, string Name, string Owner, string Profile, IReadOnlyList<string> WorkspaceRoots);
