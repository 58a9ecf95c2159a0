using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Mcp;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>Two nodes of one tower that would answer differently: neither repeats what the other said.</summary>
[Collection(RealRedis.Name)]
public sealed class NodesThatDifferTests
{
    [Fact]
    public async Task SetsOfTheSameNumber_ButOfOtherText_ShareNothing()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint);
        await first.ActivateAsync("@id(\"x\") permit(principal, action, resource) when { context.programs.contains(\"npm\") };");
        await second.ActivateAsync("@id(\"x\") forbid(principal, action, resource) when { context.programs.contains(\"npm\") };");
        await Eventually.TrueAsync(() => first.IsConfirmed && second.IsConfirmed && first.Epochs.Stamp == second.Epochs.Stamp, "both are of one generation");
        (await first.DecideAsync("npm install a")).Verdict.ShouldBe(Verdict.Allow);
        await first.WrittenAsync(1);
        var repeated = await second.DecideAsync("npm install a");
        (repeated.Verdict, repeated.Tier).ShouldBe((Verdict.Deny, DecisionTier.Policy));
    }

    [Fact]
    public async Task OtherDataDirectory_AnAllowToReadItIsNotRepeatedThere()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint, protectsOthers: false);
        await using var second = await Node.StartAsync(redis.EndPoint, protectsOthers: false);
        var command = $"cat {second.Host.DataDirectory}/lighthouse.db";
        (await first.DecideAsync(command)).Verdict.ShouldBe(Verdict.Allow);
        await first.WrittenAsync(1);
        (await second.DecideAsync(command)).Verdict.ShouldNotBe(Verdict.Allow);
    }

    [Fact]
    public async Task OtherDeclarationOfAnMcpTool_TheAnswerIsNotRepeatedThere()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint, static services => services.Configure<McpOptions>(static options =>
            options.Tools.Add(new McpToolOptions { Server = "shop", Tool = "order", Effect = "read: shows an order" })));
        await using var second = await Node.StartAsync(redis.EndPoint);
        (await AskAsync(first)).Verdict.ShouldBe(Verdict.Allow);
        await first.WrittenAsync(1);
        (await AskAsync(second)).Verdict.ShouldBe(Verdict.Escalate);
    }

    [Fact]
    public async Task ActivationOnOneNode_EndsWhatTheOtherRemembers()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Node.StartAsync(redis.EndPoint);
        await using var second = await Node.StartAsync(redis.EndPoint);
        await second.DecideAsync("cat notes.txt");
        (await second.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Memory);
        var before = second.Epochs.Stamp;
        await first.ActivateAsync("@id(\"x\") forbid(principal, action, resource) when { context.programs.contains(\"npm\") };");
        await Eventually.TrueAsync(() => second.IsConfirmed && second.Epochs.Stamp != before && second.Epochs.Stamp == first.Epochs.Stamp, "the second node hears of it");
        (await second.DecideAsync("cat notes.txt")).Tier.ShouldBe(DecisionTier.Policy);
        second.Speed.Coherence().Recent[0].ShouldSatisfyAllConditions(static one => one.Kind.ShouldBe(EpochKind.Policies), static one => one.By.ShouldBe("another node"));
    }

    private static Task<Decision> AskAsync(Node node) => node.Host.Engine.DecideAsync(
        node.Agent,
        new DecisionRequest { Tool = "mcp__shop__order", Input = System.Text.Json.JsonSerializer.SerializeToElement(new { id = 1 }), WorkingDirectory = "/home/test/project" },
        new DecideOptions(TimeProvider.System.GetTimestamp()), CancellationToken.None);
}
