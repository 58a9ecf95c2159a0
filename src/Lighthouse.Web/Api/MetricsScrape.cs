using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Web.Security.Access;

namespace Lighthouse.Web.Api;

/// <summary>Bounds what scrapes cost: a key has its limit, and those that come without one share a page that is written once a second.</summary>
internal sealed class MetricsScrape(IMetricsExport export, AccessLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    private readonly Lock _writing = new();
    private (long At, string Text)? _shared;

    /// <param name="caller">Null where metrics are open to anybody.</param>
    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>rate_limited</c>.</exception>
    public string Take(Caller? caller)
    {
        if (caller is not null)
        {
            limits.Call(caller);
            return export.Write();
        }

        // Under the lock, so that many at once wait for one writing instead of each doing their own.
        lock (_writing)
        {
            if (_shared is not { } last || time.GetElapsedTime(last.At) >= Lasts)
            {
                _shared = last = (time.GetTimestamp(), export.Write());
            }

            return last.Text;
        }
    }
}
