using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Access;

namespace Lighthouse.Web.Api.Hooks;

/// <summary>Keeps a hook call waiting for the expert's answer, and ends the hold in the record whichever way it ends.</summary>
internal sealed class HookHold(IEscalationInbox inbox, AccessLimits limits, IHostApplicationLifetime lifetime)
{
    /// <returns>The final decision, or in words why there is none.</returns>
    public async Task<(Decision? Final, string Otherwise)> WaitAsync(Caller caller, string escalationId, TimeSpan hold, CancellationToken aborted)
    {
        // A server that stops cuts what still hangs on it, and the host would run the call: a held one is answered before.
        var stopping = lifetime.ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        using var place = limits.TryWait(caller);
        try
        {
            var escalation = await inbox.WaitAsync(caller, escalationId, place is null ? TimeSpan.Zero : hold, ends.Token);
            if (escalation.Decision is { } decided)
            {
                return (decided, "");
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The server stops; what follows ends the hold.
        }
        catch (OperationCanceledException)
        {
            // The host hung up: its hold has ended too. The token is spent, so the record is made without it.
            await inbox.EndHoldAsync(caller, escalationId, CancellationToken.None);
            throw;
        }

        if (!await inbox.EndHoldAsync(caller, escalationId, CancellationToken.None))
        {
            // The answer came just before the hold ended: it counts, and left no grant.
            return ((await inbox.GetAsync(caller, escalationId, CancellationToken.None)).Decision, "It was decided as the wait ended.");
        }

        // Whatever is answered from here on is for the repeat of this call: an approval has left a grant, and acting on both would run it twice.
        var why = place is null ? "Too many calls of this agent wait for a reviewer already"
            : stopping.IsCancellationRequested ? "No reviewer answered before Lighthouse was stopped"
            : $"No reviewer answered in {hold.TotalSeconds:0} s";
        return (null, $"{why} (escalation {escalationId}); ask again after approval.");
    }
}
