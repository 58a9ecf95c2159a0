using System.Runtime.CompilerServices;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Log;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>
/// What another set would have said to recorded requests. It judges the recorded analysis and parses nothing; agents and profiles are taken
/// as they are today. Two instances of its own, one run at a time: requests keep theirs.
/// </summary>
internal sealed class PolicyDryRun(
    CedarPool pool, PolicyJudge judge, Rehearsal rehearsal, IDecisionLog log, IEventStore store, IAgentDirectory agents, WorkspaceLocator workspaces) : IDisposable
{
    private const int Page = 250;
    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    public async IAsyncEnumerable<DryRunStep> RunAsync(
        ActivePolicies active, CompiledPolicySet? tried, DryRunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            throw new LighthouseException(ErrorCodes.Overloaded, "Another dry run is going on; wait for it or cancel it.", TimeSpan.FromSeconds(5));
        }

        try
        {
            var of = Math.Clamp(plan.Decisions, 1, PolicySetLimits.DryRunDecisions);
            using var comparison = new Comparison(pool, judge, rehearsal, active, tried);
            var totals = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var (seen, skipped) = (0, 0);
            long? before = null;
            while (true)
            {
                var page = await log.SearchAsync(new DecisionQuery(Before: before, Limit: Math.Min(Page, of - seen)), cancellationToken);
                var rows = page.Rows.TakeWhile(row => plan.Since is null || row.DecidedAt >= plan.Since).ToArray();
                var changes = new List<DryRunChange>();
                foreach (var detail in await DetailsAsync(rows, cancellationToken))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    seen++;
                    if (detail.Decision.Analysis is null)
                    {
                        skipped++;
                    }
                    else if (comparison.Change(detail.Position, detail.Decision, IdentityOf(detail.Decision.Agent), workspaces) is { } change)
                    {
                        changes.Add(change);
                        var kind = $"{Word(change.From)} → {Word(change.To)}";
                        totals[kind] = totals.GetValueOrDefault(kind) + 1;
                    }
                }

                before = page.NextBefore;
                var finished = before is null || rows.Length < page.Rows.Count || seen >= of || rows.Length == 0;
                yield return new DryRunStep(seen, of, skipped, changes, new Dictionary<string, int>(totals), finished);
                if (finished)
                {
                    yield break;
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    // The rows of the search carry no analysis: it is read from the log, a page at once.
    private async Task<List<(long Position, DecisionDetail Decision)>> DetailsAsync(DecisionRow[] rows, CancellationToken cancellationToken)
    {
        var details = new List<(long, DecisionDetail)>(rows.Length);
        if (rows.Length == 0)
        {
            return details;
        }

        var events = await store.ReadAsync(
            new EventQuery(rows[^1].Position - 1, rows.Length, Type: EventTypes.DecisionRecorded), cancellationToken);
        foreach (var stored in events.Reverse())
        {
            try
            {
                if (JsonSerializer.Deserialize<DecisionDetail>(stored.Payload.Span, LighthouseJson.Options) is { } detail)
                {
                    details.Add((stored.Position, detail));
                }
            }
            catch (JsonException)
            {
                // Changed outside Lighthouse; the verification of the log reports it.
            }
        }

        return details;
    }

    private AgentIdentity IdentityOf(AgentReference agent) =>
        agents.Find(agent.Id) is { } known
            ? new AgentIdentity(known.Id, known.Name, known.Owner, known.Profile, known.WorkspaceRoots)
            : new AgentIdentity(agent.Id, agent.Name, "", ProfileCatalog.Default, []);

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private sealed class Comparison(CedarPool pool, PolicyJudge judge, Rehearsal rehearsal, ActivePolicies active, CompiledPolicySet? tried) : IDisposable
    {
        private CedarSession? _active;
        private CedarSession? _tried;

        public DryRunChange? Change(long position, DecisionDetail recorded, AgentIdentity agent, WorkspaceLocator workspaces)
        {
            var place = workspaces.Locate(recorded.Request, agent);
            var facts = judge.Facts(recorded.Request, agent, place.WorkspaceRoot, recorded.Analysis!, recorded.DecidedAt);
            // As live: what cannot be read escalates.
            var now = active.Problem is { } unread ? judge.Broken(facts, unread) : Judge(ref _active, active.Set, facts);
            var from = rehearsal.Of(recorded.Request, facts, active.Set, now);
            var to = rehearsal.Of(recorded.Request, facts, tried, Judge(ref _tried, tried, facts));
            return from.Verdict == to.Verdict
                ? null
                : new DryRunChange(
                    recorded.Id, position, recorded.DecidedAt, recorded.Agent.Id, recorded.Agent.Name, recorded.Request.Tool,
                    DecisionSubject.Shorten(DecisionSubject.Text(recorded.Request)), recorded.Verdict, from.Verdict, to.Verdict, to.Policies, to.Reason);
        }

        public void Dispose()
        {
            _active?.Dispose();
            _tried?.Dispose();
        }

        private PolicyVerdict Judge(ref CedarSession? session, CompiledPolicySet? set, RequestFacts facts)
        {
            if (set is null)
            {
                return judge.WithoutPolicies(facts);
            }

            try
            {
                if (session is null or { IsBroken: true })
                {
                    session?.Dispose();
                    session = pool.NewSession();
                }

                session.Load(set);
                return judge.Judge(session, set, facts);
            }
            catch (CedarException exception)
            {
                return judge.Broken(facts, exception.Message);
            }
        }
    }
}
