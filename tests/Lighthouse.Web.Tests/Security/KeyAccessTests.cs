using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Tests.Security;

public sealed class KeyAccessTests : IDisposable
{
    private const string Decide = """{"tool":"Bash","input":{"command":"ls -la"},"workingDirectory":"/home/test/project"}""";

    private readonly SecurityHost _host = SecurityHost.Start();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lh_agent_wrong")]
    [InlineData("agent-key-0123456789abcdef012345678X")]
    public async Task Route_MissingOrWrongKey_Is401(string? key)
    {
        var (status, code, answer) = await _host.CallAsync("POST", "/api/v1/decisions", key, Decide);

        (status, code).ShouldBe((401, ErrorCodes.Unauthenticated));
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task RevokedKey_IsRefusedByTheNextRequest()
    {
        (await _host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, Decide)).Status.ShouldBe(200);
        var key = _host.Get<IAgentDirectory>().Keys().Single(one => one.Role == Roles.Agent);

        (await _host.CallAsync("DELETE", "/api/v1/keys/" + key.KeyId, SecurityHost.OperatorKey)).Status.ShouldBe(204);

        (await _host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, Decide)).Code.ShouldBe(ErrorCodes.Unauthenticated);
    }

    [Fact]
    public async Task RevokedKey_OnAHookRoute_IsADenyInTheHostsWords()
    {
        var (status, _, answer) = await _host.CallAsync(
            "POST", "/api/v1/hooks/claude-code", "lh_agent_wrong", """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}""");

        status.ShouldBe(200);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"deny\"");
    }

    [Fact]
    public async Task KeyInTheAddress_OpensNothingButHubs()
    {
        (await _host.CallAsync("POST", "/api/v1/decisions?access_token=" + SecurityHost.AgentKey, body: Decide)).Status.ShouldBe(401);
        (await _host.CallAsync("POST", "/hubs/agents/negotiate?negotiateVersion=1&access_token=" + SecurityHost.AgentKey)).Status.ShouldBe(200);
        (await _host.CallAsync("POST", "/hubs/agents/negotiate?negotiateVersion=1")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Session_OpensNoKeyRoute_AndAKeyNoPage()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();

        ((int)(await browser.Http.GetAsync("/api/v1/agents")).StatusCode).ShouldBe(401);
        ((int)(await browser.Http.PostAsync("/hubs/operations/negotiate?negotiateVersion=1", null)).StatusCode).ShouldBe(401);
        (await _host.CallAsync("GET", "/", await _host.AdminKeyAsync())).Status.ShouldBe(302);
    }

    /// <summary>The predecessor let callers choose their own role.</summary>
    [Fact]
    public async Task Agent_CannotChooseItsRole()
    {
        const string claims = """{"tool":"Bash","input":{"command":"ls"},"role":"admin","roles":["admin"],"agent":{"id":"a-other"},"owner":"somebody"}""";
        (string, string)[] headers = [("X-Role", "admin"), ("X-Lighthouse-Agent", "a-other"), ("X-Forwarded-User", "admin"), ("Cookie", "lighthouse-session=admin")];

        var (status, _, answer) = await _host.CallAsync("POST", "/api/v1/decisions?role=admin", SecurityHost.AgentKey, claims, headers);
        status.ShouldBe(200);
        var id = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        var (_, _, detail) = await _host.CallAsync("GET", "/api/v1/decisions/" + id, SecurityHost.AgentKey);
        (await detail.Content.ReadAsStringAsync()).ShouldNotContain("a-other");
        (await _host.CallAsync("GET", "/api/v1/agents?role=operator", SecurityHost.AgentKey, headers: headers)).Code.ShouldBe(ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task Operator_CannotMakeAKeyAboveAnAgents()
    {
        var (status, _, answer) = await _host.CallAsync("POST", "/api/v1/agents", SecurityHost.OperatorKey, """{"name":"x","role":"admin","owner":"mallory"}""");

        status.ShouldBe(201);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("lh_agent_");
        _host.Get<IAgentDirectory>().Agents().ShouldNotContain(agent => agent.Owner == "mallory");
    }

    [Fact]
    public async Task ManyWrongKeys_AreThrottled_WhileAValidKeyOfTheSameHostStillWorks()
    {
        var last = (Status: 0, Code: (string?)null, Answer: new HttpResponseMessage());
        for (var i = 0; i < 200 && last.Status != 429; i++)
        {
            last = await _host.CallAsync("GET", "/api/v1/escalations", "wrong-key-0123456789abcdef0123456789-" + i);
        }

        last.Code.ShouldBe(ErrorCodes.RateLimited);
        last.Answer.Headers.RetryAfter.ShouldNotBeNull();
        (await _host.CallAsync("GET", "/api/v1/escalations", SecurityHost.AgentKey)).Status.ShouldBe(200);
    }

    public void Dispose() => _host.Dispose();
}
