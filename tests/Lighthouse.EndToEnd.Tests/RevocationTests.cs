using System.Diagnostics;
using Lighthouse.Client;
using Lighthouse.Contracts;
using Lighthouse.EndToEnd.Tests.Harness;

namespace Lighthouse.EndToEnd.Tests;

public sealed class RevocationTests(SharedTower shared)
{
    [Fact]
    public async Task RevokedKey_CutsItsOpenConnectionWithinASecond()
    {
        var tower = await shared.TowerAsync();
        using var operations = tower.Operator;
        var key = await operations.CreateAgentAsync("revoked");
        await using var connection = new AgentConnection(tower.Url, key.Secret);
        var closed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += cause => closed.TrySetResult(cause);
        await connection.StartAsync(TestContext.Current.CancellationToken);
        var escalated = await connection.DecideAsync(Requests.Bash("frobnicate --while-revoked"));
        var wait = connection.WaitForDecisionAsync(escalated.EscalationId!, TestContext.Current.CancellationToken);

        var clock = Stopwatch.StartNew();
        await operations.RevokeKeyAsync(key.KeyId, "end to end", TestContext.Current.CancellationToken);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        (await Should.ThrowAsync<LighthouseException>(wait)).Code.ShouldBe(ErrorCodes.Unauthenticated);
        using var http = new LighthouseClient(tower.Url, key.Secret);
        (await Should.ThrowAsync<LighthouseException>(() => http.DecideAsync(Requests.Bash("ls")))).Code.ShouldBe(ErrorCodes.Unauthenticated);
        await using var again = new AgentConnection(tower.Url, key.Secret);
        (await Should.ThrowAsync<LighthouseException>(() => again.StartAsync())).Code.ShouldBe(ErrorCodes.Unauthenticated);
    }

    [Fact]
    public async Task Hub_Refusal_CarriesItsCode()
    {
        var tower = await shared.TowerAsync();
        await using var connection = new AgentConnection(tower.Url, Tower.AgentKey);
        await connection.StartAsync(TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<LighthouseException>(() => connection.WaitForDecisionAsync("e0", TestContext.Current.CancellationToken))).Code.ShouldBe(ErrorCodes.NotFound);
        (await Should.ThrowAsync<LighthouseException>(() => connection.DecideAsync(Requests.Bash("ls") with { Tool = "" }))).Code.ShouldBe(ErrorCodes.MissingField);
    }

    [Fact]
    public async Task Wait_ServerRestartsMeanwhile_StillGetsTheAnswer()
    {
        await using var tower = await Tower.StartAsync();
        await using var connection = new AgentConnection(tower.Url, Tower.AgentKey, longestPause: TimeSpan.FromMilliseconds(500));
        await connection.StartAsync(TestContext.Current.CancellationToken);
        var escalated = await connection.DecideAsync(Requests.Bash("frobnicate --across-a-restart"));
        var wait = connection.WaitForDecisionAsync(escalated.EscalationId!, TestContext.Current.CancellationToken);

        await tower.KillAsync();
        await tower.StartAgainAsync();
        using var expert = tower.Expert;
        await expert.VoteAsync(escalated.EscalationId!, new Vote { Kind = VoteKind.Approve, Reason = "still fine" });

        var decision = await wait.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        decision.Verdict.ShouldBe(Verdict.Allow);
        decision.Tier.ShouldBe(DecisionTier.Expert);
    }
}
