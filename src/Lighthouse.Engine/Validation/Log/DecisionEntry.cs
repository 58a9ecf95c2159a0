using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Log;

/// <summary>One decision on its way into the searchable record. <paramref name="FullText"/> only where the row shows less than all.</summary>
internal sealed record DecisionEntry(DecisionRow Row, string? FullText)
{
    /// <summary>Null where the payload cannot be read.</summary>
    public static DecisionEntry? Read(StoredEvent stored)
    {
        try
        {
            var recorded = JsonSerializer.Deserialize<Recorded>(stored.Payload.Span, LighthouseJson.Options);
            if (recorded is not { Id.Length: > 0, Agent: not null, Request: not null })
            {
                return null;
            }

            var text = DecisionSubject.Text(recorded.Request);
            var subject = DecisionSubject.Shorten(text);
            return new DecisionEntry(
                new DecisionRow(
                    stored.Position, recorded.Id, recorded.DecidedAt, recorded.Agent.Id, recorded.Agent.Name, recorded.Request.Tool, subject,
                    recorded.Verdict, recorded.Tier, recorded.Risk, recorded.LatencyMs, recorded.EscalationId, recorded.Reason, recorded.DryRun),
                ReferenceEquals(text, subject) ? null : text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The part of DecisionDetail that a row needs: the analysis, most of the bytes, is skipped.
    private sealed record Recorded(
        string Id, Verdict Verdict, DecisionTier Tier, Risk Risk, DateTimeOffset DecidedAt, DecisionRequest? Request, AgentReference? Agent,
        double LatencyMs = 0, string Reason = "", string? EscalationId = null, bool DryRun = false);
}
