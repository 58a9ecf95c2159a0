using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Storage.Tests.Validation;

internal static class SampleDecision
{
    public static NewEvent Event(string id, string command, Verdict verdict = Verdict.Allow, string agent = "agent-1")
    {
        var detail = new DecisionDetail
        {
            Id = id,
            Verdict = verdict,
            Tier = DecisionTier.Policy,
            Reason = "Reads inside the workspace",
            Effects = ["read"],
            Risk = Risk.Low,
            Policies = ["guarded:read-inside"],
            PolicySetVersion = "1",
            DecidedAt = DateTimeOffset.UnixEpoch,
            Request = new DecisionRequest { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }), WorkingDirectory = "/home/test/project" },
            Agent = new AgentReference(agent, agent),
            Analysis = new Analysis
            {
                Effects = ["read"],
                Programs = ["cat", "grep", "head"],
                Parts = [new ActionPart { Effect = "read", Program = "cat", Place = "workspace", Target = "/home/test/project/src", Why = "reads a file" }],
            },
            TierTimings = [new TierTiming("memory", "abstained", 0.001), new TierTiming("policy", "answered", 0.02)],
        };
        return new NewEvent(
            "decision-" + id, 0, EventTypes.DecisionRecorded, "agent:" + agent, JsonSerializer.SerializeToUtf8Bytes(detail, LighthouseJson.Options));
    }
}
