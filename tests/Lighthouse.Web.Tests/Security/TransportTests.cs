using Lighthouse.Contracts;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Http;

namespace Lighthouse.Web.Tests.Security;

public sealed class TransportTests : IDisposable
{
    private readonly SecurityHost _host = SecurityHost.Start();

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://lighthouse.localhost")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("nonsense")]
    public async Task ForeignOrigin_OpensNoCircuitNoHubAndPostsNoForm(string origin)
    {
        foreach (var path in (string[])["/_blazor/negotiate?negotiateVersion=1", "/hubs/agents/negotiate?negotiateVersion=1", "/hubs/operations/negotiate?negotiateVersion=1", "/sign-in", "/sign-out"])
        {
            var (status, code, _) = await _host.CallAsync("POST", path, SecurityHost.AgentKey, null, ("Origin", origin));
            (path, status, code).ShouldBe((path, 403, ErrorCodes.Forbidden));
        }

        // The upgrade itself, without a negotiation before it.
        (await _host.CallAsync("GET", "/_blazor", null, null, ("Origin", origin), ("Connection", "Upgrade"), ("Upgrade", "websocket"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task OwnOrigin_OpensTheCircuit_OnceSignedIn()
    {
        using var browser = _host.Browser();
        var origin = _host.Address.GetLeftPart(UriPartial.Authority);
        browser.Http.DefaultRequestHeaders.Add("Origin", origin);

        ((int)(await browser.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode).ShouldBe(401);
        await browser.SignInAsync();
        ((int)(await browser.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Client_WithoutOrigin_ReachesTheHubWithItsKey() =>
        (await _host.CallAsync("POST", "/hubs/agents/negotiate?negotiateVersion=1", SecurityHost.AgentKey)).Status.ShouldBe(200);

    [Fact]
    public async Task CrossSiteFetch_WithoutOrigin_OpensNoCircuit() =>
        (await _host.CallAsync("GET", "/_blazor?id=x", null, null, ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(403);

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost", 200)]
    [InlineData(HostRules.OwnName, 200)]
    public async Task Host_OtherThanOwnNames_IsRefused(string name, int expected) =>
        (await _host.CallAsync("GET", "/healthz/live", null, null, ("Host", name))).Status.ShouldBe(expected);

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/healthz/live")]
    [InlineData("/api/v1/agents")]
    [InlineData("/nowhere")]
    [InlineData("/css/app.css")]
    public async Task EveryAnswer_CarriesTheHeaders(string path)
    {
        var (_, _, answer) = await _host.CallAsync("GET", path);

        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([SecurityHeaders.Content]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task LivePage_HasOneContentPolicy_AndNoInlineScript()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();

        var answer = await browser.Http.GetAsync("/");

        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([SecurityHeaders.Content]);
        SecurityHeaders.Content.ShouldContain("script-src 'self';");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("blazor.web");
        foreach (var tag in html.Split("<script").Skip(1))
        {
            tag[..tag.IndexOf('>')].ShouldContain("src=");
        }
    }

    [Fact]
    public async Task SecretsInAnswers_AreNotKept()
    {
        (await _host.CallAsync("GET", "/api/v1/agents", SecurityHost.OperatorKey)).Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await _host.CallAsync("GET", "/sign-in/link?token=x")).Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("POST", "/api/v1/decisions", "{nonsense", 400, ErrorCodes.MalformedJson)]
    [InlineData("POST", "/api/v1/decisions", """{"tool":"Bash","tool":"Read","input":{}}""", 400, ErrorCodes.MalformedJson)]
    [InlineData("POST", "/api/v1/decisions", "null", 400, ErrorCodes.MissingField)]
    [InlineData("GET", "/api/v1/nowhere", null, 404, ErrorCodes.NotFound)]
    [InlineData("GET", "/api/v1/decisions/d-nobody", null, 404, ErrorCodes.NotFound)]
    public async Task Refusal_IsProblemDetailsWithItsCode(string method, string path, string? body, int status, string code)
    {
        var answer = await _host.CallAsync(method, path, SecurityHost.AgentKey, body);
        (answer.Status, answer.Code).ShouldBe((status, code));
    }

    [Theory]
    [InlineData("/api/v1/decisions", Limits.MessageBytes + 1)]
    [InlineData("/api/v1/decisions:batch", Limits.BatchBytes + 1)]
    public async Task Body_PastItsLimit_Is413(string path, int bytes)
    {
        var answer = await _host.CallAsync("POST", path, SecurityHost.AgentKey, new string(' ', bytes));
        (answer.Status, answer.Code).ShouldBe((413, ErrorCodes.BodyTooLarge));
    }

    [Fact]
    public void EveryCode_HasAStatus() =>
        typeof(ErrorCodes).GetFields().Select(static field => (string)field.GetRawConstantValue()!)
            .Where(static code => code != ErrorCodes.Internal && ApiProblems.StatusOf(code) == 500)
            .ShouldBeEmpty();

    public void Dispose() => _host.Dispose();
}
