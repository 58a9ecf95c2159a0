using System.Text.Json;
using Lighthouse.Engine.Platform;
using Lighthouse.Web.Tests.Security;

namespace Lighthouse.Web.Tests.Api;

public sealed class TierRouteTests : IDisposable
{
    private const string Decide = """{"tool":"Bash","input":{"command":"ls -la"},"workingDirectory":"/home/test/project"}""";

    private readonly SecurityHost _host = SecurityHost.Start();

    [Fact]
    public async Task Tiers_AfterARepeatedRequest_HaveWindowsAndState()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < 3; i++)
        {
            (await _host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, Decide)).Status.ShouldBe(200);
        }

        using (_host.Get<IChangeSignal>().Subscribe(ChangeTopic.Figures, closed.SetResult))
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(2));
            await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        var memory = await TierAsync("memory");
        var minute = memory.GetProperty("windows").EnumerateArray().Single(static one => one.GetProperty("window").GetString() == "1m");
        minute.GetProperty("hits").GetInt64().ShouldBe(2);
        minute.GetProperty("misses").GetInt64().ShouldBe(1);
        minute.GetProperty("hitRatio").GetDouble().ShouldBe(2 / 3.0, 0.001);
        memory.GetProperty("state").GetProperty("hits").GetInt64().ShouldBe(2);
        memory.GetProperty("state").GetProperty("holdings").GetProperty("entries").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Tiers_NeverAskedOrNotInUse_HaveNoWindowsAndNoState()
    {
        (await TierAsync("memory")).GetProperty("windows").GetArrayLength().ShouldBe(0);
        var redis = await TierAsync("redis");
        redis.GetProperty("windows").GetArrayLength().ShouldBe(0);
        redis.TryGetProperty("state", out _).ShouldBeFalse();
    }

    public void Dispose() => _host.Dispose();

    private async Task<JsonElement> TierAsync(string name)
    {
        var (status, _, answer) = await _host.CallAsync("GET", "/api/v1/tiers", SecurityHost.OperatorKey);
        status.ShouldBe(200);
        var tiers = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return tiers.EnumerateArray().Single(tier => tier.GetProperty("tier").GetString() == name);
    }
}
