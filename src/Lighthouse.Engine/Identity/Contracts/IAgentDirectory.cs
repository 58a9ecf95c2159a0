namespace Lighthouse.Engine.Identity.Contracts;

/// <summary>Checks presented API keys. In memory, no I/O, constant cost.</summary>
public interface ICredentials
{
    /// <summary>The caller, or null for an unknown or revoked key. A suspended agent is still identified: see <see cref="IAgentDirectory.IsSuspended"/>.</summary>
    Caller? Verify(string secret);

    /// <summary>False as soon as the key is revoked; for connections that stay open.</summary>
    bool IsLive(string keyId);

    /// <summary>Raised with the key id on revocation, so that open connections are cut. Handlers must not block.</summary>
    event Action<string>? Revoked;
}

/// <param name="Secret">Shown once; only its SHA-256 is stored.</param>
public sealed record CreatedKey(string KeyId, string Secret, string? AgentId);

public sealed record NewKey
{
    public required string Name { get; init; }

    /// <summary>Exactly one of agent, expert, operator, admin.</summary>
    public required Roles Role { get; init; }

    /// <summary>User name of the owning human.</summary>
    public required string Owner { get; init; }

    /// <summary>An existing agent gets a further key; null makes a new agent (role agent only).</summary>
    public string? AgentId { get; init; }
    public IReadOnlyList<string> WorkspaceRoots { get; init; } = [];

    /// <summary>A chosen secret of 32+ characters, for automation; null generates one.</summary>
    public string? Secret { get; init; }
}

public sealed record KeySummary(
    string KeyId, string Name, Roles Role, string Owner, string? AgentId, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

public sealed record AgentSummary(
    string Id, string Name, string Owner, string Profile, bool Suspended, string? SuspendedReason, DateTimeOffset CreatedAt,
    IReadOnlyList<KeySummary> Keys, IReadOnlyList<string> WorkspaceRoots);

/// <summary>Agents and API keys, folded from the event log. What opens (a new key, resuming) needs a human's password again; what tightens does not.</summary>
public interface IAgentDirectory
{
    IReadOnlyList<AgentSummary> Agents();
    IReadOnlyList<KeySummary> Keys();
    AgentSummary? Find(string agentId);
    bool IsSuspended(string agentId);

    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>forbidden</c> when the caller may not, <c>fresh_sign_in_required</c>, <c>invalid_field</c> for a short secret or a wrong role.</exception>
    Task<CreatedKey> CreateKeyAsync(Caller caller, NewKey key, CancellationToken cancellationToken);
    Task<CreatedKey> RotateKeyAsync(Caller caller, string keyId, CancellationToken cancellationToken);
    Task RevokeKeyAsync(Caller caller, string keyId, string reason, CancellationToken cancellationToken);
    Task SuspendAsync(Caller caller, string agentId, string reason, CancellationToken cancellationToken);
    Task ResumeAsync(Caller caller, string agentId, CancellationToken cancellationToken);

    /// <summary>Raised with the agent id and the reason on suspension. Handlers must not block.</summary>
    event Action<string, string>? Suspended;
}

/// <summary>One switch that denies every agent at once.</summary>
public interface IEmergencyStop
{
    EmergencyStopState? Engaged { get; }
    Task EngageAsync(Caller caller, string reason, CancellationToken cancellationToken);

    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>forbidden</c>, or <c>fresh_sign_in_required</c> for a human whose password was not given again lately.</exception>
    Task ReleaseAsync(Caller caller, CancellationToken cancellationToken);
}

public sealed record EmergencyStopState(string By, string Reason, DateTimeOffset At);

/// <summary>Which agents are connected through the hub, and when each was last heard of. In memory: a restart forgets.</summary>
public interface IAgentPresence
{
    void Connected(string agentId, string connectionId);
    void Disconnected(string agentId, string connectionId);
    void Heard(string agentId);
    int ConnectedAgents { get; }
    int Connections(string agentId);
    DateTimeOffset? LastHeard(string agentId);
}
