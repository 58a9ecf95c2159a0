using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.SpeedLayer;

/// <summary>Asks about one key: of a recorded decision, or of a request that somebody typed.</summary>
public sealed class InspectorViewModel(ISpeedLayer layer, IAgentDirectory agents)
{
    public string DecisionId { get; set; } = "";
    public string AgentId { get; set; } = "";
    public string Tool { get; set; } = "Bash";
    public string Text { get; set; } = "";
    public string WorkingDirectory { get; set; } = "";
    public KeyInspection? Found { get; private set; }

    /// <summary>The decision that was asked about; null after a typed request.</summary>
    public string? FoundDecision { get; private set; }
    public Problem? Problem { get; private set; }
    public IReadOnlyList<AgentSummary> Agents => agents.Agents();
    public bool CanInspectTyped => Text.Length > 0 && Tool.Length > 0 && Agents.Count > 0;

    public Task InspectDecisionAsync(string id)
    {
        DecisionId = id.Trim();
        return ReadAsync(DecisionId, () => layer.InspectAsync(DecisionId, CancellationToken.None));
    }

    public Task InspectTypedAsync() => ReadAsync(null, () =>
    {
        var agent = AgentId.Length > 0 ? AgentId : Agents.Count > 0 ? Agents[0].Id : "";
        return layer.InspectAsync(agent, Request(), CancellationToken.None);
    });

    /// <summary>A text that is a JSON object is the whole input, to the letter; anything else is the command of a shell tool.</summary>
    internal DecisionRequest Request() => new()
    {
        Tool = Tool.Trim(),
        Input = AsObject(Text) ?? JsonSerializer.SerializeToElement(new { command = Text }, LighthouseJson.Options),
        WorkingDirectory = WorkingDirectory.Trim() is { Length: > 0 } directory ? directory : null,
    };

    private static JsonElement? AsObject(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text, LighthouseJson.Options) is { ValueKind: JsonValueKind.Object } whole ? whole : null;
        }
        catch (JsonException)
        {
            // A group command starts with a brace, too.
            return null;
        }
    }

    private async Task ReadAsync(string? decision, Func<Task<KeyInspection>> ask)
    {
        try
        {
            (Found, FoundDecision, Problem) = (await ask(), decision, null);
        }
        catch (LighthouseException exception)
        {
            (Found, FoundDecision, Problem) = (null, null, Problem.From(exception));
        }
    }
}
