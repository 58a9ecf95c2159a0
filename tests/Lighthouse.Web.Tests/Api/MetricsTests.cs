using System.Globalization;
using Lighthouse.Web.Tests.Security;

namespace Lighthouse.Web.Tests.Api;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_OpenConnections_AreThoseOfTheServer()
    {
        using var host = SecurityHost.Start();

        var (status, _, answer) = await host.CallAsync("GET", "/metrics", SecurityHost.OperatorKey);

        status.ShouldBe(200);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        // At least the one that asks.
        double.Parse(lines.Single(static line => line.StartsWith("kestrel_active_connections ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(1);
        lines.Count(static line => line == "# TYPE kestrel_active_connections gauge").ShouldBe(1);
    }
}
