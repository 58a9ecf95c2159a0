using System.Net;
using Microsoft.AspNetCore.SignalR.Client;

namespace Lighthouse.Client;

/// <summary>Comes back for ever, with growing pauses, except where the server says that this key is not (or no longer) welcome.</summary>
internal sealed class PatientRetry(TimeSpan longest) : IRetryPolicy
{
    public TimeSpan? NextRetryDelay(RetryContext retryContext)
    {
        if (retryContext.RetryReason is HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
        {
            return null;
        }

        // Spread out, so that a thousand agents do not all knock in the same instant after a restart.
        var ceiling = Math.Min(longest.TotalMilliseconds, 200 * Math.Pow(2, Math.Min(retryContext.PreviousRetryCount, 10)));
        return TimeSpan.FromMilliseconds(ceiling * (0.5 + Random.Shared.NextDouble() / 2));
    }
}
