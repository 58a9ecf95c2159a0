using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>What policies can know of a request: the words of the schema, worked out when some policy reads them.</summary>
internal sealed class RequestFacts(DecisionRequest request, AgentIdentity agent, string? workspaceRoot, Analysis analysis, DateTimeOffset localTime)
{
    private HashSet<string>? _effects;

    public Analysis Analysis { get; } = analysis;
    public string AgentId { get; } = agent.Id;
    public string AgentName { get; } = agent.Name;
    public string Owner { get; } = agent.Owner;
    public string Profile { get; } = agent.Profile;
    public string WorkspaceRoot { get; } = workspaceRoot ?? "";
    public string Tool { get; } = request.Tool;
    public string Action { get; } = ToolActions.Of(request.Tool);
    public string WorkingDirectory { get; } = request.WorkingDirectory ?? "";
    public DateTimeOffset LocalTime { get; } = localTime;

    // Of one command among several there is no text that would be its own alone.
    public string Command =>
        Action == "shell" && !IsPiece && request.Input.ValueKind == System.Text.Json.JsonValueKind.Object
        && request.Input.TryGetProperty("command", out var command) && command.ValueKind == System.Text.Json.JsonValueKind.String
            ? command.GetString()!
            : "";

    /// <summary>True for the facts of one simple command of the request.</summary>
    public bool IsPiece { get; private init; }

    /// <summary>The same request as if it did only this.</summary>
    public RequestFacts Of(Analysis piece) => new(request, agent, WorkspaceRoot, piece, LocalTime) { IsPiece = true };

    /// <summary>The same request, its text included, as if this came of it; nothing at all for null.</summary>
    public RequestFacts Only(ActionPart? part) => new(request, agent, WorkspaceRoot, AloneIn(Analysis, part), LocalTime);

    /// <summary>Server and tool of <c>mcp__server__tool</c>; empty for others.</summary>
    public (string Server, string Tool) Mcp => Tool.Split("__", 3) is ["mcp", var server, var tool] ? (server, tool) : ("", "");

    public IReadOnlyCollection<string> Effects => _effects ??= [.. Analysis.Effects, .. Analysis.Parts.Select(static part => part.Effect)];

    public IEnumerable<string> Places => Analysis.Parts.Select(static part => part.Place).Distinct();

    public IEnumerable<string> Acts => Analysis.Parts.Select(static part => part.Effect + "@" + part.Place).Distinct();

    /// <summary>Everything touched, with the directories above; and what lies below something that is deleted, as far as a policy names it.</summary>
    public IReadOnlyCollection<string> Paths(IReadOnlyList<string> literals) => TouchedPaths.WithAncestors(Analysis.Parts, literals);

    public IReadOnlyCollection<string> Changes(IReadOnlyList<string> literals) =>
        TouchedPaths.WithAncestors(Analysis.Parts.Where(static part => TouchedPaths.IsChange(part.Effect)), literals);

    /// <summary>Directories that hold every touched path; empty where a path is not known.</summary>
    public IReadOnlyCollection<string> Within() => TouchedPaths.CommonAncestors(Analysis);

    public IReadOnlyCollection<string> FileNames(IReadOnlyList<string> literals) => TouchedPaths.Names(Analysis.Parts, literals);

    // "*.tf" stands for any name with that ending: a pattern that could mean one fits it.
    public IEnumerable<string> Extensions(IReadOnlyList<string> literals) =>
        TouchedPaths.Names(Analysis.Parts, [.. literals.Select(static one => one.StartsWith('.') ? "*" + one : one)])
            .Select(static name => Path.GetExtension(name)).Where(static ending => ending.Length > 1).Distinct();

    public IReadOnlyCollection<string> Hosts() => ContactedHosts.Of(Analysis.Parts);

    private static Analysis AloneIn(Analysis whole, ActionPart? part) => part is null
        ? new Analysis { Complete = whole.Complete }
        : new Analysis { Complete = whole.Complete, Risk = part.Risk, Effects = [part.Effect], Programs = part.Program is { } program ? [program] : [], Parts = [part] };
}
