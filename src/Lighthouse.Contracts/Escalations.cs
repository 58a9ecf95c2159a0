using System.Text.Json;

namespace Lighthouse.Contracts;

/// <summary>A request that waits for an expert.</summary>
public sealed record Escalation
{
    public required string Id { get; init; }
    public required EscalationState State { get; init; }
    public required DecisionRequest Request { get; init; }
    public required AgentReference Agent { get; init; }
    public required Risk Risk { get; init; }
    public IReadOnlyList<string> Effects { get; init; } = [];
    public required string Queue { get; init; }
    public string? ClaimedBy { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset Deadline { get; init; }
    public IReadOnlyList<CastVote> Votes { get; init; } = [];
    public required Quorum Quorum { get; init; }

    /// <summary>The final decision; absent while the escalation is open.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Why a human is asked, in one sentence.</summary>
    public string Reason { get; init; } = "";
    public Analysis? Analysis { get; init; }

    /// <summary>The one fact because of which a human is asked.</summary>
    public DecidingFact? Deciding { get; init; }
    public IReadOnlyList<string> Policies { get; init; } = [];
    public string PolicySetVersion { get; init; } = "";
    public IReadOnlyList<Comment> Comments { get; init; } = [];

    /// <summary>True for the dangerous families of SPEC part 5: machine votes never suffice, and the agent's owner does not count while another reviewer exists.</summary>
    public bool Dangerous { get; init; }

    /// <summary>How many callers asked the same question and wait for this answer.</summary>
    public int Waiting { get; init; } = 1;
}

/// <summary><see cref="From"/> says who may answer: <c>human</c> or <c>any</c>.</summary>
public sealed record Quorum(int Needed, string From);

public sealed record CastVote(string By, VoteKind Vote, string Reason, DateTimeOffset At, bool SelfConfirmed = false);

public sealed record Comment(string By, string Text, DateTimeOffset At);

/// <summary>What a reviewer answers.</summary>
public sealed record Vote
{
    /// <summary>Required; nullable only so that its absence is a clear error.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("vote")]
    public VoteKind? Kind { get; init; }
    public string? Reason { get; init; }
    public JsonElement? EditedInput { get; init; }

    /// <summary>A grant for later requests (<c>scope</c>, <c>minutes</c>).</summary>
    public JsonElement? Remember { get; init; }
}

/// <summary>A question back to the agent, shaped like an MCP elicitation.</summary>
public sealed record Question(string EscalationId, string Message, JsonElement RequestedSchema);
