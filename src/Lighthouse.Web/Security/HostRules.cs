using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Lighthouse.Web.Security;

/// <summary>
/// Which names Lighthouse answers to, so that a foreign name that is made to resolve to this machine (DNS rebinding) reaches nothing.
/// A setting <c>AllowedHosts</c> wins. <c>lighthouse.localhost</c> is there because cookies know hosts but no ports: under a name of its own
/// the session is not sent to whatever else runs on localhost.
/// </summary>
internal sealed class HostRules(IConfiguration configuration) : IPostConfigureOptions<HostFilteringOptions>
{
    public const string OwnName = "lighthouse.localhost";
    public static IReadOnlyList<string> Standard { get; } = ["localhost", "127.0.0.1", "[::1]", OwnName];

    private readonly IList<StringSegment> _patterns = [.. Parse(configuration["AllowedHosts"]).Select(static name => new StringSegment(new HostString(name).ToUriComponent()))];

    public IReadOnlyList<string> Allowed { get; } = Parse(configuration["AllowedHosts"]);

    /// <summary>False for a request without a host, too.</summary>
    public bool Allows(HostString host) => host.HasValue && (Allowed.Contains("*") || HostString.MatchesAny(host.Value, _patterns));

    /// <summary>The framework's own filter answers a bare 400, on which hosts of agents run the call: it lets everything through to <see cref="Http.HostCheck"/>.</summary>
    public void PostConfigure(string? name, HostFilteringOptions options)
    {
        options.AllowedHosts = ["*"];
        options.AllowEmptyHosts = true;
    }

    private static IReadOnlyList<string> Parse(string? setting) =>
        setting?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names ? names : Standard;
}
