namespace Lighthouse.Engine.Platform;

/// <summary>
/// <c>host:port</c> of this very process, told by the host once it listens: commands that talk to them are an attempt on the gate.
/// </summary>
public sealed class OwnAddresses
{
    private volatile IReadOnlyList<string> _all = [];

    public IReadOnlyList<string> All => _all;

    /// <param name="urls">The URLs listened on; wildcard hosts stand for every name of the loopback.</param>
    public void Listen(IEnumerable<string> urls)
    {
        ArgumentNullException.ThrowIfNull(urls);
        var found = new List<string>();
        foreach (var url in urls)
        {
            if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri))
            {
                continue;
            }

            found.Add($"{uri.Host}:{uri.Port}");
            found.AddRange(new[] { "localhost", "127.0.0.1", "[::1]", "0.0.0.0" }.Select(host => $"{host}:{uri.Port}"));
        }

        _all = [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
