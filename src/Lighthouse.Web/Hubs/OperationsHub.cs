using System.Runtime.CompilerServices;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Lighthouse.Web.Hubs;

/// <summary>Live figures for clients outside: the same snapshot that the pages show.</summary>
[Authorize(Policy = Policies.OperationsHub)]
internal sealed class OperationsHub(IFigures figures, IEscalationInbox inbox, IAgentPresence presence, ICredentials credentials, TimeProvider time) : Hub
{
    private const int Fastest = 250;
    private const int Slowest = 60_000;

    /// <param name="intervalMs">250 to 60,000.</param>
    public async IAsyncEnumerable<OperationsFrame> Frames(int intervalMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The tick is short whatever the interval, so that a revoked key loses its stream within a second.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Fastest), time);
        var every = Math.Clamp(intervalMs, Fastest, Slowest) / Fastest;
        var tick = 0;
        do
        {
            if (!credentials.IsLive(Context.User!.ToCaller().Id))
            {
                Context.Abort();
                yield break;
            }

            if (tick++ % every != 0)
            {
                continue;
            }

            yield return new OperationsFrame(
                figures.AsOf, figures.Components(), figures.Tiers(), figures.Verdicts("1m"), inbox.OpenCount, presence.ConnectedAgents);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}

/// <param name="At">When the frame's last second was closed.</param>
internal sealed record OperationsFrame(
    DateTimeOffset At, IReadOnlyList<ComponentFigures> Components, IReadOnlyList<TierFigures> Tiers, VerdictMix Verdicts, int OpenEscalations, int ConnectedAgents);
