using Lighthouse.Engine.Validation.Policies.Cedar;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>Loads the policy engine before the first request where a set is active; where none is, it is never loaded.</summary>
internal sealed class PolicyWarmUp(PolicySets sets, ILogger<PolicyWarmUp> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sets.PrepareAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Requests will say so themselves, and escalate.
            log.NotReady(exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
