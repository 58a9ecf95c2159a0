using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Web.Api;
using Lighthouse.Web.Security.Access;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Security;

/// <summary>Only deciding was limited: reading, polling and the hub's other calls were free.</summary>
public sealed class AccessLimitTests : IDisposable
{
    private const string Request = """{"tool":"Bash","input":{"command":"frobnicate"},"workingDirectory":"/home/test/project"}""";

    // One a minute, and five at once: none is earned back while a test runs.
    private readonly SecurityHost _host = SecurityHost.Start(new Dictionary<string, string>(SecurityHost.Everything)
    {
        ["Lighthouse:RateLimiting:PerAgentPerMinute"] = "1",
        ["Lighthouse:RateLimiting:Burst"] = "5",
        ["Lighthouse:RateLimiting:WaitsPerCaller"] = "2",
    });

    [Theory]
    [InlineData("/api/v1/escalations")]
    [InlineData("/api/v1/escalations/e-nobody")]
    [InlineData("/api/v1/decisions/d-nobody")]
    public async Task Reading_PastTheLimit_Is429_AndCostsNoDecision(string path)
    {
        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add((await _host.CallAsync("GET", path, SecurityHost.AgentKey)).Status);
        }

        statuses[..5].ShouldNotContain(429);
        var (status, code, answer) = await _host.CallAsync("GET", path, SecurityHost.AgentKey);
        (statuses[5], status, code).ShouldBe((429, 429, ErrorCodes.RateLimited));
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await _host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, Request)).Status.ShouldBe(200);
        (await _host.CallAsync("GET", "/api/v1/agents", SecurityHost.OperatorKey)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Hub_OtherCallsPastTheLimit_AreRefusedWithTheirCode()
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(_host.Address, "hubs/agents"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(SecurityHost.AgentKey)).Build();
        await connection.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await connection.InvokeAsync("Heartbeat");
        }

        HubErrors.Parse((await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Heartbeat"))).Message).Code.ShouldBe(ErrorCodes.RateLimited);
        HubErrors.Parse((await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("WaitForDecision", "e-nobody"))).Message).Code.ShouldBe(ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task Streams_OfOneKey_AreBounded_AndAnEndedOneMakesRoom()
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(_host.Address, "hubs/operations"), static options => options.AccessTokenProvider = static () => Task.FromResult<string?>(SecurityHost.OperatorKey)).Build();
        await connection.StartAsync();
        using var ends = new CancellationTokenSource();
        for (var i = 0; i < AccessLimits.MostStreams; i++)
        {
            await (await connection.StreamAsChannelAsync<object>("Frames", 250, ends.Token)).ReadAsync();
        }

        var refused = await connection.StreamAsChannelAsync<object>("Frames", 250);
        HubErrors.Parse((await Should.ThrowAsync<HubException>(refused.Completion)).Message).Code.ShouldBe(ErrorCodes.RateLimited);

        await ends.CancelAsync();
        var limits = _host.Get<AccessLimits>();
        var caller = _host.Get<ICredentials>().Verify(SecurityHost.OperatorKey)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            try
            {
                limits.Stream(caller).Dispose();
                break;
            }
            catch (LighthouseException full) when (full.Code == ErrorCodes.RateLimited)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Scrapes_OfOneKey_AreLimited()
    {
        using var host = SecurityHost.Start(new Dictionary<string, string>(SecurityHost.Everything) { ["Lighthouse:RateLimiting:PerOperatorPerMinute"] = "2" });
        (await host.CallAsync("GET", "/metrics", SecurityHost.OperatorKey)).Status.ShouldBe(200);
        (await host.CallAsync("GET", "/metrics", SecurityHost.OperatorKey)).Status.ShouldBe(200);

        var (status, code, _) = await host.CallAsync("GET", "/metrics", SecurityHost.OperatorKey);

        (status, code).ShouldBe((429, ErrorCodes.RateLimited));
    }

    [Fact]
    public void Scrapes_WithoutAKey_ShareOnePageASecond()
    {
        var clock = new FakeTimeProvider();
        var export = new Counted();
        var scrape = new MetricsScrape(export, _host.Get<AccessLimits>(), clock);

        Enumerable.Range(0, 100).Select(_ => scrape.Take(null)).Distinct().ShouldBe(["1"]);
        clock.Advance(TimeSpan.FromSeconds(1));
        scrape.Take(null).ShouldBe("2");
    }

    [Fact]
    public async Task LongPolls_OfOneAgent_AreBounded_AndAHeldHookBeyondThemIsDenied()
    {
        (await _host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, Request)).Status.ShouldBe(200);
        var agent = _host.Get<ICredentials>().Verify(SecurityHost.AgentKey)!;
        var escalation = _host.Get<IEscalationInbox>().List(agent, EscalationState.Open).ShouldHaveSingleItem();
        using var ends = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = _host.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", SecurityHost.AgentKey);
        var limits = _host.Get<AccessLimits>();
        var polls = Enumerable.Range(0, 2).Select(_ => http.GetAsync(new Uri($"api/v1/escalations/{escalation.Id}?waitSeconds=60", UriKind.Relative), ends.Token)).ToArray();
        while (limits.TryWait(agent) is { } free)
        {
            free.Dispose();
            await Task.Yield();
        }

        (await _host.CallAsync("GET", $"/api/v1/escalations/{escalation.Id}?waitSeconds=60", SecurityHost.AgentKey)).Code.ShouldBe(ErrorCodes.RateLimited);
        (await _host.CallAsync("GET", $"/api/v1/escalations/{escalation.Id}", SecurityHost.AgentKey)).Status.ShouldBe(200);
        var (status, _, answer) = await _host.CallAsync("POST", "/api/v1/hooks/claude-code", SecurityHost.AgentKey, """
            {"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"frobnicate"},"cwd":"/home/test/project"}
            """);
        status.ShouldBe(200);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Too many calls of this agent wait");
        await ends.CancelAsync();
        await Task.WhenAll(polls.Select(static poll => Should.ThrowAsync<OperationCanceledException>(poll)));
    }

    public void Dispose() => _host.Dispose();

    private sealed class Counted : IMetricsExport
    {
        private int _written;

        public string Write() => (++_written).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
