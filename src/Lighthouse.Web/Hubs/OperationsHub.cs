using System.Runtime.CompilerServices;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Lighthouse.Web.Hubs;

/// <summary>Live figures for clients outside: the same snapshot that the pages show.</summary>
[Authorize(Policy = Policies.OperationsHub)]
internal sealed class OperationsHub(
    IFigures figures, IEscalationInbox inbox, IAgentPresence presence, ICredentials credentials, AccessLimits limits, TimeProvider time) : Hub
{
    private const int Fastest = 250;
    private const int Slowest = 60_000;

    /// <param name="intervalMs">250 to 60,000.</param>
    public IAsyncEnumerable<OperationsFrame> Frames(int intervalMs, CancellationToken cancellationToken)
    {
        // Here and not in the iterator: what is thrown there reaches the client without its code.
        var caller = Context.User!.ToCaller();
        limits.Call(caller);
        return FramesAsync(limits.Stream(caller), caller.Id, Math.Clamp(intervalMs, Fastest, Slowest) / Fastest, cancellationToken);
    }

    /// <param name="place">Given back when the stream ends, however it ends.</param>
    private async IAsyncEnumerable<OperationsFrame> FramesAsync(
        IDisposable place, string keyId, int every, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var held = place;
        // The tick is short whatever the interval, so that a revoked key loses its stream within a second.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Fastest), time);
        var tick = 0;
        do
        {
            if (!credentials.IsLive(keyId))
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
