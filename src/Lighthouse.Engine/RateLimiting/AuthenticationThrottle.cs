using System.Net;
using System.Net.Sockets;
using Lighthouse.Engine.Identity.Contracts;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.RateLimiting;

/// <summary>Failed authentications, each kind for itself; an IPv6 host owns its whole /64, so that is one address.</summary>
internal sealed class AuthenticationThrottle(IOptions<RateLimitingOptions> options, TimeProvider time) : IAuthenticationThrottle
{
    private const int MostKeys = 10_000;

    private readonly KeyedBuckets[] _attempts =
        [.. Enum.GetValues<GuessedSecret>().Select(_ => new KeyedBuckets(RateLimit.Of(options.Value.FailedAuthenticationsPerMinute), MostKeys, time))];

    public bool TryAttempt(GuessedSecret secret, string? from, out TimeSpan retryAfter)
    {
        var taken = _attempts[(int)secret].TryTake(KeyOf(secret, from), time.GetTimestamp(), 1, out var wait);
        retryAfter = taken ? TimeSpan.Zero : RetryAfter.FromTicks(wait, time);
        return taken;
    }

    public void Succeeded(GuessedSecret secret, string? from) => _attempts[(int)secret].Return(KeyOf(secret, from), 1);

    private static string KeyOf(GuessedSecret secret, string? from) => secret == GuessedSecret.PasswordAgain ? from ?? "" : Normalise(from);

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
