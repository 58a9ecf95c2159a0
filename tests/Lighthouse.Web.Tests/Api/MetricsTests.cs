using System.Globalization;
using Lighthouse.Web.Tests.Security;

namespace Lighthouse.Web.Tests.Api;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_OpenConnections_AreThoseOfTheServer()
    {
        using var host = SecurityHost.Start();

        var (connections, asked) = (0.0, 0);
        string[] lines;
        do
        {
            var (status, _, answer) = await host.CallAsync("GET", "/metrics", SecurityHost.OperatorKey);
            status.ShouldBe(200);
            lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
            connections = double.Parse(lines.Single(static line => line.StartsWith("kestrel_active_connections ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
        }
        while (connections < 1 && ++asked < 50);

        // At least the one that asks. The server counts a connection beside serving it, so the first answer may come before the count.
        connections.ShouldBeGreaterThanOrEqualTo(1);
        lines.Count(static line => line == "# TYPE kestrel_active_connections gauge").ShouldBe(1);
    }
}
