using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Web.Tests.Fakes;

/// <summary>Decisions as the real judgement makes them and the store gives them back.</summary>
internal static class JudgedDecisions
{
    public static string Judge(this FakeDecisionLog log, IServiceProvider services, string command, Func<DecisionDetail, DecisionDetail>? change = null) => log.Judge(
        services,
        new DecisionRequest { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }), WorkingDirectory = "/home/build/shop" },
        change);

    public static string Judge(this FakeDecisionLog log, IServiceProvider services, DecisionRequest request, Func<DecisionDetail, DecisionDetail>? change = null)
    {
        var verdict = services.GetRequiredService<ILocalGate>().Judge(request, "guarded");
        var detail = new DecisionDetail
        {
            Id = $"djudged{log.Details.Count}",
            Verdict = verdict.Verdict,
            Tier = DecisionTier.Policy,
            Reason = verdict.Reason,
            Effects = verdict.Effects,
            Risk = verdict.Risk,
            Policies = verdict.Policies,
            PolicySetVersion = verdict.PolicySetVersion,
            DecidedAt = new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero),
            Request = request,
            Agent = new AgentReference("gclaude@build-3", "claude@build-3"),
            Analysis = verdict.Analysis,
            Deciding = verdict.Deciding,
            Tree = verdict.Tree,
        };
        detail = change?.Invoke(detail) ?? detail;
        log.Details[detail.Id] = JsonSerializer.Deserialize<DecisionDetail>(JsonSerializer.Serialize(detail, LighthouseJson.Options), LighthouseJson.Options)!;
        return detail.Id;
    }
}
