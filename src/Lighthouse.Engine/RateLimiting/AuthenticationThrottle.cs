using System.Net;
using System.Net.Sockets;
using Lighthouse.Engine.Identity.Contracts;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.RateLimiting;

/// <summary>Failed authentications per address; an IPv6 host owns its whole /64, so that is one address.</summary>
internal sealed class AuthenticationThrottle(IOptions<RateLimitingOptions> options, TimeProvider time) : IAuthenticationThrottle
{
    private const int MostAddresses = 10_000;

    private readonly KeyedBuckets _failures = new(RateLimit.Of(options.Value.FailedAuthenticationsPerMinute), MostAddresses, time);

    public bool IsBlocked(string? remoteAddress, out TimeSpan retryAfter)
    {
        var wait = _failures.WaitForOne(Normalise(remoteAddress), time.GetTimestamp());
        retryAfter = wait > 0 ? RetryAfter.FromTicks(wait, time) : TimeSpan.Zero;
        return wait > 0;
    }

    public void Failed(string? remoteAddress) => _failures.TryTake(Normalise(remoteAddress), time.GetTimestamp(), 1, out _);

    private static string Normalise(string? remoteAddress)
    {
        if (!IPAddress.TryParse(remoteAddress, out var address))
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
