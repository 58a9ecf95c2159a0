using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>
/// Checks sets and tries them, one at a time: a check takes a processor for as long as it lasts. Activations have a lane of their own: nobody's
/// checks hold up a rollback.
/// </summary>
internal sealed class PolicyChecks(CedarPool pool, PolicyBench bench, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _checks = new(1, 1);
    private readonly SemaphoreSlim _activations = new(1, 1);

    public void Dispose()
    {
        _checks.Dispose();
        _activations.Dispose();
    }

    /// <summary>Syntax, schema, annotations and examples. The set is null where there is none to speak of.</summary>
    /// <exception cref="LighthouseException"><c>invalid_field</c> past the limits of <see cref="PolicySetLimits"/>.</exception>
    public async Task<(PolicyCheck Check, CompiledPolicySet? Set)> CompileAsync(
        PolicySetDocument document, CancellationToken cancellationToken, bool activation = false)
    {
        PolicySetShape.Ensure(document);
        return await RunAsync(
            session =>
            {
                var diagnostics = new List<PolicyDiagnostic>();
                var deadline = new CheckDeadline(time);
                try
                {
                    var set = PolicyCompiler.Compile(session, document.Text, diagnostics, deadline);
                    if (set is { Policies.Count: > 0 })
                    {
                        session.Load(set);
                        bench.CheckExamples(session, set, document.Examples, diagnostics, deadline, cancellationToken);
                    }
                    else if (set is not null && document.Examples.Count > 0)
                    {
                        diagnostics.Add(new PolicyDiagnostic(PolicySeverity.Error, "There are examples, but no policies."));
                    }

                    IReadOnlyList<PolicySummary> summaries = [.. set?.Policies.Select(static one => one.Summary()) ?? []];
                    return (new PolicyCheck(diagnostics, summaries), set);
                }
                catch (CedarException exception)
                {
                    diagnostics.Add(new PolicyDiagnostic(PolicySeverity.Error, $"The check was given up: {exception.Message}"));
                    return (new PolicyCheck(diagnostics, []), null);
                }
            },
            activation ? _activations : _checks, cancellationToken);
    }

    /// <summary>On an instance of its own: what a check does to it stays away from requests.</summary>
    public Task<T> RunAsync<T>(Func<CedarSession, T> work, CancellationToken cancellationToken) => RunAsync(work, _checks, cancellationToken);

    private async Task<T> RunAsync<T>(Func<CedarSession, T> work, SemaphoreSlim lane, CancellationToken cancellationToken)
    {
        await lane.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () =>
                {
                    using var session = pool.NewSession();
                    return work(session);
                },
                cancellationToken);
        }
        catch (CedarException exception)
        {
            throw new LighthouseException(ErrorCodes.Internal, exception.Message, inner: exception);
        }
        finally
        {
            lane.Release();
        }
    }
}
