using System.Text.Json;

namespace Lighthouse.Contracts;

/// <summary>What an agent is about to do.</summary>
public sealed record DecisionRequest
{
    /// <summary>The tool's name as the host says it: <c>Bash</c>, <c>Write</c>, <c>mcp__server__tool</c>, …</summary>
    public string Tool { get; init; } = "";

    /// <summary>The tool's input, an object. A shell tool carries <c>command</c> (at most 65,536 UTF-8 bytes).</summary>
    public JsonElement Input { get; init; }

    /// <summary>Absolute path the action starts in; absent means that nothing counts as inside a workspace.</summary>
    public string? WorkingDirectory { get; init; }

    public string? SessionId { get; init; }

    /// <summary>Of an MCP tool: what its server says of it, if the host knows. It can only raise the risk.</summary>
    public ToolAnnotations? Annotations { get; init; }

    /// <summary>Idempotency key, per agent, for 24 hours; an allow is repeated for a minute only, then judged again. The same key with another body is refused (<c>request_id_reused</c>).</summary>
    public string? RequestId { get; init; }
}

/// <summary>The recorded answer. It leaves the process only after its event is durable.</summary>
public record Decision
{
    public required string Id { get; init; }
    public string? RequestId { get; init; }
    public required Verdict Verdict { get; init; }
    public required DecisionTier Tier { get; init; }

    /// <summary>One sentence for the agent and the human; never empty for deny and escalate.</summary>
    public required string Reason { get; init; }

    /// <summary>Names from <see cref="EffectNames"/>, without repetition.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];
    public required Risk Risk { get; init; }

    /// <summary>The profile rule and policies that matched, as <c>profile:rule</c> or policy id.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];
    public required string PolicySetVersion { get; init; }
    public string? EscalationId { get; init; }

    /// <summary>The grant that allowed this request.</summary>
    public string? Grant { get; init; }
    public JsonElement? EditedInput { get; init; }

    /// <summary>Milliseconds from receipt to durable, without the wait for a human. In a stored decision: to the hand-over to the store.</summary>
    public double LatencyMs { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
}

/// <summary>A decision with everything that explains it; also the payload of <c>decision.recorded</c> events.</summary>
public sealed record DecisionDetail : Decision
{
    public required DecisionRequest Request { get; init; }
    public required AgentReference Agent { get; init; }
    public Analysis? Analysis { get; init; }

    /// <summary>The one fact because of which a human was asked or the request denied. Absent for a machine's allow, which needs every part, and where no part decided.</summary>
    public DecidingFact? Deciding { get; init; }

    /// <summary>How the command is built, recorded with what a profile or policy asked about or denied. Absent where it was not recorded.</summary>
    public ActionNode? Tree { get; init; }
    public IReadOnlyList<TierTiming> TierTimings { get; init; } = [];
    public bool DryRun { get; init; }

    /// <summary>What the policies that escalated it ask of the escalation.</summary>
    public EscalationTerms? Terms { get; init; }

    /// <summary>Hash of the request's body: decides whether a repeated <c>requestId</c> carries the same request.</summary>
    public string? BodyHash { get; init; }

    /// <summary>Only what the caller of a decision gets.</summary>
    public Decision Summary(double? latencyMs = null) => new()
    {
        Id = Id,
        RequestId = RequestId,
        Verdict = Verdict,
        Tier = Tier,
        Reason = Reason,
        Effects = Effects,
        Risk = Risk,
        Policies = Policies,
        PolicySetVersion = PolicySetVersion,
        EscalationId = EscalationId,
        Grant = Grant,
        EditedInput = EditedInput,
        LatencyMs = latencyMs ?? LatencyMs,
        DecidedAt = DecidedAt,
    };
}

public sealed record AgentReference(string Id, string Name);

/// <summary>One tier's part in a decision. <paramref name="Outcome"/>: <c>answered</c>, <c>abstained</c> or <c>failed</c>.</summary>
public sealed record TierTiming(string Tier, string Outcome, double Milliseconds, string? Note = null);

/// <summary>What an action would do, as far as it can be known without running it.</summary>
public sealed record Analysis
{
    /// <summary>False where something could not be parsed or resolved; <see cref="Problem"/> says what.</summary>
    public bool Complete { get; init; } = true;
    public string? Problem { get; init; }
    public Risk Risk { get; init; }
    public IReadOnlyList<string> Effects { get; init; } = [];
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>One entry per effect of each simple command, most severe first.</summary>
    public IReadOnlyList<ActionPart> Parts { get; init; } = [];
}

/// <summary>One effect of one simple command. <see cref="Start"/> and <see cref="Length"/> are UTF-16 offsets into the command text, or into the text of <see cref="Field"/>.</summary>
public sealed record ActionPart
{
    public int Start { get; init; }
    public int Length { get; init; }

    /// <summary>The property of the tool's input that says it, as <c>file_path</c> or <c>paths[1]</c>. Absent for a shell's command.</summary>
    public string? Field { get; init; }
    public string? Program { get; init; }

    /// <summary>
    /// Which simple command it belongs to, counted from 1: parts of the same number are of one command as it runs once, without the commands that it
    /// runs in turn. 0 where it belongs to none of them, or to several.
    /// </summary>
    public int Command { get; init; }
    public required string Effect { get; init; }

    /// <summary><c>workspace</c>, <c>outside</c>, <c>temporary</c>, <c>home</c>, <c>system</c>, <c>credential</c>, <c>startup</c>, <c>protected</c>, <c>network</c>, <c>unresolved</c> or <c>none</c>.</summary>
    public string Place { get; init; } = "none";

    /// <summary>The path, host or command concerned, as far as it was resolved.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// The absolute path concerned, by its text alone: no symbolic link is followed. It ends in <c>/**</c> where everything below is
    /// concerned, too. Absent where it is the same as <see cref="Target"/>, where nothing is a path, and where it is not known.
    /// </summary>
    public string? Path { get; init; }
    public Risk Risk { get; init; }

    /// <summary>One short phrase in plain words: "deletes the home directory".</summary>
    public required string Why { get; init; }
}
