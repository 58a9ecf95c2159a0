using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

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

    public void PostConfigure(string? name, HostFilteringOptions options)
    {
        if (string.IsNullOrWhiteSpace(configuration["AllowedHosts"]))
        {
            options.AllowedHosts = [.. Standard];
        }

        options.AllowEmptyHosts = false;
    }
}
