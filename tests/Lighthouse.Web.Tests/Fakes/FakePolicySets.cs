using System.Runtime.CompilerServices;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Tests.Fakes;

/// <summary>Versions in memory; a text that contains <c>efects</c> is wrong, in line 2, column 3.</summary>
internal sealed class FakePolicySets(TimeProvider time) : IPolicySets
{
    private readonly List<(PolicySetSummary Summary, PolicySetDocument Document)> _versions = [];
    private readonly List<PolicySetChange> _changes = [];

    public int ActiveVersion { get; private set; }
    public string? Problem { get; set; }
    public string Schema => "// the schema";
    public int Checks { get; private set; }
    public int Tries { get; private set; }

    /// <summary>Thrown by the next save, activation or trial.</summary>
    public LighthouseException? Refusal { get; set; }
    public PolicyTrial? Trial { get; set; }
    public List<DryRunPlan> Plans { get; } = [];
    public List<DryRunStep> Steps { get; } = [];

    /// <summary>Waited for before each step of a dry run.</summary>
    public Func<CancellationToken, Task> BeforeStep { get; set; } = static _ => Task.CompletedTask;

    public IReadOnlyList<PolicySetSummary> List(Caller caller) => [.. _versions.Select(one => one.Summary with { State = StateOf(one.Summary.Number) }).Reverse()];
    public IReadOnlyList<PolicySetChange> History(Caller caller) => [.. _changes];

    public Task<PolicySetDetail> GetAsync(Caller caller, int version, CancellationToken cancellationToken) =>
        _versions.ElementAtOrDefault(version - 1) is { Document: { } document } found && version > 0
            ? Task.FromResult(new PolicySetDetail(found.Summary with { State = StateOf(version) }, document))
            : throw new LighthouseException(ErrorCodes.NotFound, $"There is no version {version} of the policy set.");

    public Task<PolicyCheck> CheckAsync(Caller caller, PolicySetDocument document, CancellationToken cancellationToken)
    {
        Checks++;
        return Task.FromResult(document.Text.Contains("efects", StringComparison.Ordinal)
            ? new PolicyCheck([new PolicyDiagnostic(PolicySeverity.Error, "attribute `efects` not found", 2, 3, 6, "wrong", Hint: "did you mean `effects`?")], [])
            : new PolicyCheck([], [new PolicySummary("no-force", "forbid", "history stays", 1, ["shell"], false, true, null)]));
    }

    public async Task<PolicySetSummary> SaveAsync(Caller caller, PolicySetDocument document, string note, CancellationToken cancellationToken)
    {
        Refuse();
        var check = await CheckAsync(caller, document, cancellationToken);
        var saved = new PolicySetSummary(
            _versions.Count + 1, PolicySetState.Draft, caller.Actor, time.GetUtcNow(), note, check.Policies.Count, document.Examples.Count, check.Diagnostics.Count);
        _versions.Add((saved, document));
        return saved;
    }

    public Task<PolicySetChange> ActivateAsync(Caller caller, int version, int expectedActive, string reason, CancellationToken cancellationToken)
    {
        Refuse();
        return expectedActive == ActiveVersion
            ? Task.FromResult(Change(caller, version, reason))
            : throw new LighthouseException(ErrorCodes.Conflict, $"Version {ActiveVersion} of the policy set is active by now. Look again.");
    }

    public Task<PolicySetChange> DeactivateAsync(Caller caller, int expectedActive, string reason, CancellationToken cancellationToken)
    {
        Refuse();
        return Task.FromResult(Change(caller, 0, reason));
    }

    public Task<PolicyTrial> TryAsync(Caller caller, PolicySetDocument? document, PolicyTrialRequest request, CancellationToken cancellationToken)
    {
        Refuse();
        Tries++;
        return Task.FromResult(Trial ?? new PolicyTrial(
            Verdict.Deny, "Forbidden by policy no-force: history stays", Verdict.Escalate, ["no-force", "also"], ["no-force"], null,
            new Analysis { Effects = ["history-rewrite"], Risk = Risk.High }, null, 0.08));
    }

    public async IAsyncEnumerable<DryRunStep> DryRunAsync(Caller caller, DryRunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Plans.Add(plan);
        Refuse();
        foreach (var step in Steps)
        {
            await BeforeStep(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            yield return step;
        }
    }

    /// <summary>As if somebody else had done it.</summary>
    public PolicySetChange Change(Caller caller, int version, string reason)
    {
        var change = new PolicySetChange(version, ActiveVersion, caller.Actor, time.GetUtcNow(), reason, version > 0 && _changes.Any(one => one.Number == version));
        _changes.Insert(0, change);
        ActiveVersion = version;
        return change;
    }

    private PolicySetState StateOf(int number) =>
        number == ActiveVersion ? PolicySetState.Active : _changes.Any(one => one.Number == number) ? PolicySetState.Retired : PolicySetState.Draft;

    private void Refuse()
    {
        if (Refusal is { } refusal)
        {
            Refusal = null;
            throw refusal;
        }
    }
}
