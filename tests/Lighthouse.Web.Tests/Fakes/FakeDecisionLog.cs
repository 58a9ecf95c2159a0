using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Tests.Fakes;

internal sealed class FakeDecisionLog : IDecisionLog
{
    public List<DecisionRow> Rows { get; } = [];
    public Dictionary<string, DecisionDetail> Details { get; } = [];
    public List<DecisionQuery> Asked { get; } = [];
    public long Lag { get; set; }

    public Task<DecisionPage> SearchAsync(DecisionQuery query, CancellationToken cancellationToken)
    {
        Asked.Add(query);
        var rows = Rows
            .Where(row => query.Before is not { } before || row.Position < before)
            .Where(row => query.Verdict is null || row.Verdict == query.Verdict)
            .Where(row => query.Tier is null || row.Tier == query.Tier)
            .Where(row => query.AgentId is null || row.AgentId == query.AgentId)
            .Where(row => query.Text is null || row.Subject.Contains(query.Text, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(row => row.Position)
            .ToList();
        var page = rows.Take(query.Limit).ToList();
        return Task.FromResult(new DecisionPage(page, rows.Count > page.Count ? page[^1].Position : null));
    }

    public Task<DecisionDetail?> FindAsync(string decisionId, CancellationToken cancellationToken) =>
        Task.FromResult(Details.GetValueOrDefault(decisionId));
}
