using System.Text.Json;
using Lighthouse.Client;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Tests.Client;

public sealed class AgentConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decide_Answered_ReturnsTheDecision()
    {
        await using var server = await HubDouble.StartAsync();
        server.Decide = static request => Decision("d1") with { Reason = request.Tool };
        await using var connection = await ConnectAsync(server);

        (await connection.DecideAsync(Request("Bash"), Cancel)).Reason.ShouldBe("Bash");
        (await connection.DecideManyAsync([Request("Read"), Request("Write")], Cancel)).Select(static one => one.Reason).ShouldBe(["Read", "Write"]);
    }

    [Fact]
    public async Task Decide_Refused_ThrowsTheServersCode()
    {
        await using var server = await HubDouble.StartAsync();
        server.Decide = static _ => throw new LighthouseException(ErrorCodes.RateLimited, "Too many requests: come back later.", TimeSpan.FromSeconds(7));
        await using var connection = await ConnectAsync(server);

        var refusal = await Should.ThrowAsync<LighthouseException>(() => connection.DecideAsync(Request("Bash"), Cancel));

        refusal.Code.ShouldBe(ErrorCodes.RateLimited);
        refusal.Message.ShouldBe("Too many requests: come back later.");
        refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Wait_Decided_CompletesForEveryoneWhoWaits()
    {
        await using var server = await HubDouble.StartAsync();
        await using var connection = await ConnectAsync(server);
        var first = connection.WaitForDecisionAsync("e1", Cancel);
        var second = connection.WaitForDecisionAsync("e1", Cancel);
        var other = connection.WaitForDecisionAsync("e2", Cancel);
        for (var i = 0; i < 3; i++)
        {
            await server.Subscriptions.ReadAsync(Cancel);
        }

        await server.TellAsync(Decision("d1") with { EscalationId = "e1" });

        (await first).Id.ShouldBe("d1");
        (await second).Id.ShouldBe("d1");
        other.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_ServerRestarts_IsTakenUpAgain()
    {
        await using var server = await HubDouble.StartAsync();
        await using var connection = await ConnectAsync(server);
        var wait = connection.WaitForDecisionAsync("e1", Cancel);
        await server.Subscriptions.ReadAsync(Cancel);

        await server.StopAsync();
        await server.StartAgainAsync();
        (await server.Subscriptions.ReadAsync(Cancel)).ShouldBe("e1");
        await server.TellAsync(Decision("d1") with { EscalationId = "e1" });

        (await wait).Id.ShouldBe("d1");
    }

    [Fact]
    public async Task Decide_ServerAway_SaysThatTheAnswerWasLost()
    {
        await using var server = await HubDouble.StartAsync();
        await using var connection = await ConnectAsync(server);
        await server.StopAsync();

        await Should.ThrowAsync<IOException>(() => connection.DecideAsync(Request("Bash"), Cancel));
    }

    [Fact]
    public async Task Wait_ConnectionEndedByTheServer_FailsAndSaysSo()
    {
        await using var server = await HubDouble.StartAsync();
        await using var connection = await ConnectAsync(server);
        var closed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += cause => closed.TrySetResult(cause);
        var wait = connection.WaitForDecisionAsync("e1", Cancel);
        await server.Subscriptions.ReadAsync(Cancel);

        server.Abort();

        (await Should.ThrowAsync<LighthouseException>(() => wait)).Code.ShouldBe(ErrorCodes.Unauthenticated);
        (await closed.Task.WaitAsync(Cancel)).ShouldBeOfType<LighthouseException>();
        await Should.ThrowAsync<LighthouseException>(() => connection.WaitForDecisionAsync("e2", Cancel));
    }

    [Fact]
    public async Task Wait_Disposed_IsCancelled()
    {
        await using var server = await HubDouble.StartAsync();
        var connection = await ConnectAsync(server);
        var wait = connection.WaitForDecisionAsync("e1", Cancel);
        await server.Subscriptions.ReadAsync(Cancel);

        await connection.DisposeAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task Start_WrongKey_IsUnauthenticated()
    {
        await using var server = await HubDouble.StartAsync();
        await using var connection = new AgentConnection(server.Url, "lh_agent_wrong");

        (await Should.ThrowAsync<LighthouseException>(() => connection.StartAsync(Cancel))).Code.ShouldBe(ErrorCodes.Unauthenticated);
    }

    private static async Task<AgentConnection> ConnectAsync(HubDouble server)
    {
        var connection = new AgentConnection(server.Url, HubDouble.Key, longestPause: TimeSpan.FromMilliseconds(50));
        await connection.StartAsync(Cancel);
        return connection;
    }

    private static DecisionRequest Request(string tool) => new() { Tool = tool, Input = JsonSerializer.SerializeToElement(new { command = "ls" }) };

    private static Decision Decision(string id) => new()
    {
        Id = id,
        Verdict = Verdict.Allow,
        Tier = DecisionTier.Policy,
        Reason = "",
        Risk = Risk.Low,
        PolicySetVersion = "v",
        DecidedAt = DateTimeOffset.UnixEpoch,
    };
}
