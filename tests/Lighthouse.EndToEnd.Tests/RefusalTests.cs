using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lighthouse.Client;
using Lighthouse.Contracts;
using Lighthouse.EndToEnd.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>Everything that can be wrong with a call has a stable code, and loses nothing that was recorded.</summary>
public sealed class RefusalTests(SharedTower shared)
{
    [Theory]
    [InlineData("{nonsense", 400, ErrorCodes.MalformedJson)]
    [InlineData("[]", 400, ErrorCodes.MalformedJson)]
    [InlineData("""{ "tool": "Bash", "tool": "Read", "input": { "command": "ls" } }""", 400, ErrorCodes.MalformedJson)]
    [InlineData("""{ "input": { "command": "ls" } }""", 400, ErrorCodes.MissingField)]
    [InlineData("""{ "tool": "Bash" }""", 400, ErrorCodes.MissingField)]
    public async Task Decision_BadBody_IsRefusedWithItsCode(string body, int status, string code)
    {
        var (answered, problem) = await PostAsync(await shared.TowerAsync(), body, Tower.AgentKey);

        ((int)answered).ShouldBe(status);
        problem.ShouldBe(code);
    }

    [Theory]
    [InlineData("""{ "tool": "Bash", "input": {} }""")]
    [InlineData("""{ "tool": "Bash", "input": { "command": 7 } }""")]
    [InlineData("""{ "tool": "Bash", "input": { "command": "ls", "command": "rm -rf /" } }""")]
    public async Task Decision_InputThatCannotBeUnderstood_IsNeverAllowed(string body)
    {
        var (_, answer) = await SendAsync(await shared.TowerAsync(), body, Tower.AgentKey);

        (answer.TryGetProperty("verdict", out var verdict) ? verdict.GetString() : "refused").ShouldNotBe("allow");
    }

    [Fact]
    public async Task Decision_CommandOverItsLimit_IsRefused()
    {
        var (answered, problem) = await PostAsync(
            await shared.TowerAsync(), JsonSerializer.Serialize(new { tool = "Bash", input = new { command = "echo " + new string('x', Limits.CommandBytes) } }), Tower.AgentKey);

        ((int)answered).ShouldBeOneOf(400, 413);
        problem.ShouldBe(ErrorCodes.CommandTooLong);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("lh_agent_wrong")]
    public async Task Decision_NoOrWrongKey_IsRefused(string? key)
    {
        var (answered, problem) = await PostAsync(await shared.TowerAsync(), """{ "tool": "Bash", "input": { "command": "ls" } }""", key);

        answered.ShouldBe(HttpStatusCode.Unauthorized);
        problem.ShouldBe(ErrorCodes.Unauthenticated);
    }

    [Fact]
    public async Task Decision_RequestIdWithAnotherBody_IsRefused()
    {
        using var agent = (await shared.TowerAsync()).Agent;
        var first = await agent.DecideAsync(Requests.Bash("ls -la", "refusal-1"));

        (await agent.DecideAsync(Requests.Bash("ls -la", "refusal-1"))).Id.ShouldBe(first.Id);
        (await Refused(() => agent.DecideAsync(Requests.Bash("ls", "refusal-1")))).ShouldBe(ErrorCodes.RequestIdReused);
    }

    [Fact]
    public async Task Vote_OnADecidedEscalation_IsRefused()
    {
        var tower = await shared.TowerAsync();
        using var agent = tower.Agent;
        using var expert = tower.Expert;
        var id = (await agent.DecideAsync(Requests.Bash("frobnicate --voted-twice"))).EscalationId!;
        await expert.VoteAsync(id, new Vote { Kind = VoteKind.Approve, Reason = "first" });

        (await Refused(() => expert.VoteAsync(id, new Vote { Kind = VoteKind.Reject, Reason = "second" })))
            .ShouldBeOneOf(ErrorCodes.EscalationDecided, ErrorCodes.AlreadyVoted);
    }

    [Fact]
    public async Task Vote_OfAnAgent_IsForbidden()
    {
        using var agent = (await shared.TowerAsync()).Agent;
        var id = (await agent.DecideAsync(Requests.Bash("frobnicate --own-vote"))).EscalationId!;

        (await Refused(() => agent.VoteAsync(id, new Vote { Kind = VoteKind.Approve, Reason = "please" })))
            .ShouldBeOneOf(ErrorCodes.Forbidden, ErrorCodes.OwnRequest);
    }

    [Fact]
    public async Task Vote_AfterTheDeadline_IsRefused()
    {
        await using var tower = await Tower.StartAsync(("Lighthouse__Experts__DeadlineSeconds", "5"));
        using var agent = tower.Agent;
        using var expert = tower.Expert;
        var id = (await agent.DecideAsync(Requests.Bash("frobnicate --too-late"))).EscalationId!;

        var ended = await agent.WaitForEscalationAsync(id, TestContext.Current.CancellationToken);

        ended.State.ShouldBe(EscalationState.Expired);
        ended.Decision!.Verdict.ShouldBe(Verdict.Deny);
        (await Refused(() => expert.VoteAsync(id, new Vote { Kind = VoteKind.Approve, Reason = "late" })))
            .ShouldBeOneOf(ErrorCodes.EscalationExpired, ErrorCodes.EscalationDecided);
    }

    [Fact]
    public async Task Escalation_OfAnotherAgent_IsNotFound()
    {
        var tower = await shared.TowerAsync();
        using var agent = tower.Agent;
        using var operations = tower.Operator;
        using var other = new LighthouseClient(tower.Url, (await operations.CreateAgentAsync("curious")).Secret);
        var decision = await agent.DecideAsync(Requests.Bash("frobnicate --private"));

        (await Refused(() => other.GetEscalationAsync(decision.EscalationId!))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => other.GetDecisionAsync(decision.Id))).ShouldBe(ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Decision_LogIsLocked_GetsNoVerdictAndNothingIsLost()
    {
        await using var tower = await Tower.StartAsync();
        using var agent = tower.Agent;
        var before = await agent.DecideAsync(Requests.Bash("ls -la"));
        await using (var thief = new SqliteConnection($"Data Source={Path.Combine(tower.Data, "lighthouse.db")};Pooling=False"))
        {
            await thief.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = thief.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            (await Refused(() => agent.DecideAsync(Requests.Bash("git status")))).ShouldBe(ErrorCodes.StorageUnavailable);
        }

        var after = await Eventually.SucceedsAsync(() => agent.DecideAsync(Requests.Bash("git status")));
        using var operations = tower.Operator;
        (await agent.GetDecisionAsync(before.Id)).Id.ShouldBe(before.Id);
        (await agent.GetDecisionAsync(after.Id)).Id.ShouldBe(after.Id);
        (await operations.VerifyAsync()).Ok.ShouldBeTrue();
    }

    private static async Task<string> Refused<T>(Func<Task<T>> call) => (await Should.ThrowAsync<LighthouseException>(call)).Code;

    private static async Task<(HttpStatusCode Status, string? Code)> PostAsync(Tower tower, string body, string? key)
    {
        var (status, problem) = await SendAsync(tower, body, key);
        return (status, problem.GetProperty("code").GetString());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(Tower tower, string body, string? key)
    {
        using var http = new HttpClient { BaseAddress = tower.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/decisions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
