namespace Lighthouse.Contracts;

/// <summary>Body of <c>POST /api/v1/agents</c>: a new agent with its first key.</summary>
/// <param name="Count">How many agents to make, 1 to 5,000, named <c>name-1</c>, <c>name-2</c>, …; the answer is then an array. Absent: one agent, one object.</param>
public sealed record NewAgent(string Name, int? Count = null, IReadOnlyList<string>? WorkspaceRoots = null);

/// <param name="Secret">The API key; it is shown this once.</param>
public sealed record CreatedAgent(string KeyId, string Secret, string AgentId);
