using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

internal sealed class PolicySets(
    PolicyBook book, CedarPool pool, PolicyChecks checks, PolicyBench bench, PolicyJudge judge, PolicyDryRun dryRun, IEventStore store, TimeProvider time) : IPolicySets
{
    private const int Attempts = 8;
    private const int LongestNote = 300;

    public int ActiveVersion => Math.Max(0, book.Active.Number);

    public string? Problem => book.Active.Problem ?? (book.Active.Set is null ? null : judge.Problem);

    public string Schema => PolicyCompiler.Schema;

    public IReadOnlyList<PolicySetSummary> List(Caller caller)
    {
        Require(caller, Roles.Operator);
        return [.. book.Current.Summaries()];
    }

    public IReadOnlyList<PolicySetChange> History(Caller caller)
    {
        Require(caller, Roles.Operator);
        return book.Current.Changes;
    }

    public async Task<PolicySetDetail> GetAsync(Caller caller, int version, CancellationToken cancellationToken)
    {
        Require(caller, Roles.Operator);
        return await ReadAsync(version, cancellationToken);
    }

    public async Task<PolicyCheck> CheckAsync(Caller caller, PolicySetDocument document, CancellationToken cancellationToken)
    {
        Require(caller, Roles.Operator);
        return (await checks.CompileAsync(document, cancellationToken)).Check;
    }

    public async Task<PolicySetSummary> SaveAsync(Caller caller, PolicySetDocument document, string note, CancellationToken cancellationToken)
    {
        Require(caller, Roles.Operator);
        PolicySetShape.Ensure(document);
        var (check, _) = await checks.CompileAsync(document, cancellationToken);
        var errors = check.Diagnostics.Count(static one => one.Severity == PolicySeverity.Error);
        for (var attempt = 1; ; attempt++)
        {
            var number = book.Current.LastNumber + 1;
            var payload = new PolicySetSavedPayload(number, document, Line(note, "note"), check.Policies.Count, errors);
            try
            {
                await store.AppendAsync(
                    [new NewEvent(PolicyBook.StreamOf(number), 0, EventTypes.PolicySetSaved, caller.Actor, PolicyPayload.Write(payload))], cancellationToken);
                return book.Current.Find(number)!;
            }
            catch (ConcurrencyException) when (attempt < Attempts)
            {
                // Somebody saved at the same moment: take the next number.
            }
        }
    }

    public async Task<PolicySetChange> ActivateAsync(Caller caller, int version, int expectedActive, string reason, CancellationToken cancellationToken)
    {
        RequireActivation(caller);
        var detail = await ReadAsync(version, cancellationToken);
        EnsureActive(expectedActive);
        var (check, compiled) = await checks.CompileAsync(detail.Document, cancellationToken, activation: true);
        if (compiled is null || !check.Valid)
        {
            throw Invalid(check);
        }

        return await ChangeAsync(
            caller, expectedActive, EventTypes.PolicySetActivated,
            PolicyPayload.Write(new PolicySetActivatedPayload(version, expectedActive, compiled, Line(reason, "reason"))), cancellationToken);
    }

    public Task<PolicySetChange> DeactivateAsync(Caller caller, int expectedActive, string reason, CancellationToken cancellationToken)
    {
        RequireActivation(caller);
        return ChangeAsync(
            caller, expectedActive, EventTypes.PolicySetDeactivated,
            PolicyPayload.Write(new PolicySetDeactivatedPayload(expectedActive, Line(reason, "reason"))), cancellationToken);
    }

    public async Task<PolicyTrial> TryAsync(Caller caller, PolicySetDocument? document, PolicyTrialRequest request, CancellationToken cancellationToken)
    {
        Require(caller, Roles.Operator);
        var set = document is null ? book.Current.Active.Set : (await checks.CompileAsync(document with { Examples = [] }, cancellationToken)) switch
        {
            { Set: { } compiled } => compiled,
            var refused => throw Invalid(refused.Check),
        };
        return await checks.RunAsync(
            session =>
            {
                if (set is not null)
                {
                    session.Load(set);
                }

                return bench.Try(session, set, request);
            },
            cancellationToken);
    }

    public async IAsyncEnumerable<DryRunStep> DryRunAsync(
        Caller caller, DryRunPlan plan, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Require(caller, Roles.Operator);
        CompiledPolicySet? tried = null;
        if (plan.Version != 0)
        {
            var document = plan.Version is { } version ? (await ReadAsync(version, cancellationToken)).Document : plan.Document ?? new PolicySetDocument();
            var (check, compiled) = await checks.CompileAsync(document with { Examples = [] }, cancellationToken);
            tried = compiled ?? throw Invalid(check);
        }

        await foreach (var step in dryRun.RunAsync(book.Current.Active, tried, plan, cancellationToken))
        {
            yield return step;
        }
    }

    /// <summary>Makes the engine ready for the active set, so that the first request does not wait for it.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (book.Active.Set is { } set)
        {
            await Task.Run(() => pool.UseAsync(set, static _ => true, cancellationToken).AsTask(), cancellationToken);
        }
    }

    private async Task<PolicySetDetail> ReadAsync(int version, CancellationToken cancellationToken)
    {
        var missing = new LighthouseException(ErrorCodes.NotFound, $"There is no version {version} of the policy set.");
        var summary = book.Current.Find(version) ?? throw missing;
        return await store.ReadStreamAsync(PolicyBook.StreamOf(version), cancellationToken) is [var saved, ..]
            && PolicyPayload.Read<PolicySetSavedPayload>(saved.Payload) is { Document: not null } payload
            ? new PolicySetDetail(summary, payload.Document)
            : throw missing;
    }

    private async Task<PolicySetChange> ChangeAsync(
        Caller caller, int expectedActive, string type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var streamVersion = book.Current.StreamVersion;
        EnsureActive(expectedActive);
        try
        {
            await store.AppendAsync([new NewEvent(PolicyBook.ActivationStream, streamVersion, type, caller.Actor, payload)], cancellationToken);
            return book.Current.Changes[0];
        }
        catch (ConcurrencyException exception)
        {
            throw new LighthouseException(ErrorCodes.Conflict, "Somebody else changed the active policy set at the same moment; yours was not activated. Look again.", inner: exception);
        }
    }

    private void EnsureActive(int expectedActive)
    {
        if (ActiveVersion != expectedActive)
        {
            throw new LighthouseException(
                ErrorCodes.Conflict,
                ActiveVersion == 0 ? "No policy set is active any more. Look again." : $"Version {ActiveVersion} of the policy set is active by now. Look again.");
        }
    }

    private static void Require(Caller caller, Roles role)
    {
        if (!caller.Is(role))
        {
            throw new LighthouseException(ErrorCodes.Forbidden, $"Policy sets are for operators and admins, their activation for admins.");
        }
    }

    private void RequireActivation(Caller caller)
    {
        Require(caller, Roles.Admin);
        FreshPassword.RequireHere(caller, time);
    }

    private static LighthouseException Invalid(PolicyCheck check)
    {
        var errors = check.Diagnostics.Where(static one => one.Severity == PolicySeverity.Error).ToArray();
        var first = errors.FirstOrDefault();
        var where = first is { Line: > 0 } ? $"line {first.Line}, column {first.Column}: " : "";
        return new LighthouseException(
            ErrorCodes.InvalidPolicies, $"The policy set has {errors.Length} error{(errors.Length == 1 ? "" : "s")}; the active one stays. {where}{first?.Message}");
    }

    private static string Line(string text, string field)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= LongestNote && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw new LighthouseException(ErrorCodes.InvalidField, $"`{field}` is one line of at most {LongestNote} characters.");
    }
}
