using System.Net.Http.Json;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Policies;
using Lighthouse.Web.Tests.Security;

namespace Lighthouse.Web.Tests.Api;

/// <summary>Policy sets over HTTP, with the real engine and the real Cedar.</summary>
public sealed class PolicyRouteTests : IDisposable
{
    private const string NoCat = "@id(\"no-cat\") forbid(principal, action, resource) when { context.programs.contains(\"cat\") };";
    private readonly SecurityHost _host = SecurityHost.Start();

    [Fact]
    public async Task Set_IsCheckedKeptTriedActivatedAndRolledBack()
    {
        var admin = await _host.AdminKeyAsync();
        var wrong = await PostAsync("/api/v1/policies:check", SecurityHost.OperatorKey, new { text = "// größer\nforbid(principal, action, resource)\nwhen { context.efects.contains(\"delete\") };" });
        wrong.GetProperty("valid").GetBoolean().ShouldBeFalse();
        var found = wrong.GetProperty("diagnostics")[0];
        (found.GetProperty("severity").GetString(), found.GetProperty("line").GetInt32(), found.GetProperty("column").GetInt32()).ShouldBe(("error", 3, 8));

        (await PostAsync("/api/v1/policies", SecurityHost.OperatorKey, new { text = NoCat, note = "first" }, 201)).GetProperty("state").GetString().ShouldBe("draft");
        var trial = await PostAsync("/api/v1/policies:try", SecurityHost.OperatorKey, new { version = 1, request = new { command = "cat a" } });
        (trial.GetProperty("verdict").GetString(), trial.GetProperty("profileVerdict").GetString()).ShouldBe(("deny", "allow"));
        (await PostAsync("/api/v1/policies:try", SecurityHost.OperatorKey, new { request = new { command = "cat a" } })).GetProperty("verdict").GetString().ShouldBe("allow");

        (await DecideAsync("cat a")).ShouldBe("allow");
        await FollowAsync();
        var steps = await DryRunAsync(new { version = 1 });
        var last = steps[^1];
        last.GetProperty("finished").GetBoolean().ShouldBeTrue();
        last.GetProperty("totals").GetProperty("allow → deny").GetInt32().ShouldBe(1);

        (await _host.CallAsync("POST", "/api/v1/policies/1/activate", SecurityHost.OperatorKey, """{"expectedActive":0}""")).Code.ShouldBe(ErrorCodes.Forbidden);
        await PostAsync("/api/v1/policies/1/activate", admin, new { expectedActive = 0, reason = "go" });
        (await DecideAsync("cat a")).ShouldBe("deny");

        var late = await _host.CallAsync("POST", "/api/v1/policies/1/activate", admin, """{"expectedActive":0}""");
        (late.Status, late.Code).ShouldBe((409, ErrorCodes.Conflict));
        await PostAsync("/api/v1/policies:deactivate", admin, new { expectedActive = 1, reason = "enough" });
        (await DecideAsync("cat a")).ShouldBe("allow");
        (await PostAsync("/api/v1/policies/1/activate", admin, new { expectedActive = 0 })).GetProperty("rolledBack").GetBoolean().ShouldBeTrue();
        var overview = await GetAsync("/api/v1/policies");
        overview.GetProperty("activeVersion").GetInt32().ShouldBe(1);
        overview.GetProperty("changes").GetArrayLength().ShouldBe(3);
        overview.GetProperty("versions")[0].GetProperty("state").GetString().ShouldBe("active");
    }

    [Fact]
    public async Task SetWithErrors_IsRefusedWithItsPlace_AndTheActiveOneStays()
    {
        var admin = await _host.AdminKeyAsync();
        await PostAsync("/api/v1/policies", admin, new { text = "permit(principal, action, resource) whn { true };", note = "" }, 201);
        var (status, code, answer) = await _host.CallAsync("POST", "/api/v1/policies/1/activate", admin, """{"expectedActive":0}""");
        (status, code).ShouldBe((422, ErrorCodes.InvalidPolicies));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("line 1, column 37");
        (await GetAsync("/api/v1/policies")).GetProperty("activeVersion").GetInt32().ShouldBe(0);
        (await _host.CallAsync("POST", "/api/v1/policies:dry-run", admin, """{"version":1}""")).Code.ShouldBe(ErrorCodes.InvalidPolicies);
    }

    /// <summary>What the page offers to start from is what people learn from.</summary>
    [Fact]
    public async Task Starter_IsValid_AndItsExamplesHold()
    {
        var check = await PostAsync("/api/v1/policies:check", SecurityHost.OperatorKey, new { text = PolicyStarter.Text, examples = PolicyStarter.Examples });
        check.GetProperty("diagnostics").GetRawText().ShouldBe("[]");
        check.GetProperty("policies").EnumerateArray().Select(one => one.GetProperty("effect").GetString()).ShouldBe(["forbid", "escalate", "permit"]);
    }

    [Theory]
    [InlineData("POST", "/api/v1/policies", "{}", ErrorCodes.MissingField)]
    [InlineData("POST", "/api/v1/policies:check", "{}", ErrorCodes.MissingField)]
    [InlineData("POST", "/api/v1/policies:try", "{}", ErrorCodes.MissingField)]
    [InlineData("POST", "/api/v1/policies:dry-run", "{}", ErrorCodes.MissingField)]
    [InlineData("POST", "/api/v1/policies:check", "{", ErrorCodes.MalformedJson)]
    [InlineData("GET", "/api/v1/policies/9", null, ErrorCodes.NotFound)]
    [InlineData("GET", "/api/v1/policies/latest", null, ErrorCodes.NotFound)]
    public async Task WhatIsNoRequest_HasItsCode(string method, string path, string? body, string code) =>
        (await _host.CallAsync(method, path, SecurityHost.OperatorKey, body)).Code.ShouldBe(code);

    public void Dispose() => _host.Dispose();

    // The searchable log follows a moment later, by a clock that only the test moves.
    private async Task FollowAsync()
    {
        var log = _host.Get<IDecisionLog>();
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = _host.Get<IChangeSignal>().Subscribe(ChangeTopic.Decisions, () => changed.TrySetResult());
        for (var i = 0; i < 500 && log.Lag > 0; i++)
        {
            _host.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(changed.Task, Task.Delay(20));
        }

        log.Lag.ShouldBe(0);
    }

    private async Task<string?> DecideAsync(string command) =>
        (await PostAsync("/api/v1/decisions", SecurityHost.AgentKey, new { tool = "Bash", input = new { command }, workingDirectory = "/home/agent/project" })).GetProperty("verdict").GetString();

    private async Task<JsonElement> GetAsync(string path)
    {
        var (status, _, answer) = await _host.CallAsync("GET", path, SecurityHost.OperatorKey);
        status.ShouldBe(200);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement> PostAsync(string path, string key, object body, int expected = 200)
    {
        var (status, _, answer) = await _host.CallAsync("POST", path, key, JsonSerializer.Serialize(body, LighthouseJson.Options));
        status.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<IReadOnlyList<JsonElement>> DryRunAsync(object plan)
    {
        var (status, _, answer) = await _host.CallAsync("POST", "/api/v1/policies:dry-run", SecurityHost.OperatorKey, JsonSerializer.Serialize(plan, LighthouseJson.Options));
        status.ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
