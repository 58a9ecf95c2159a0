using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Validation;

/// <summary>What the record says about why, where the reason is not what the profile first said.</summary>
public sealed class RecordedExplanationTests
{
    [Fact]
    public async Task Refusal_BecauseOfTooManyQuestions_NamesNoPartOfTheAction()
    {
        await using var host = await EngineHost.StartAsync(configure: static services => services.Configure<ExpertsOptions>(static options => options.MaxOpenPerAgent = 1));
        var agent = await host.AgentAsync();
        var asked = await host.DecideAsync(agent, "frobnicate --all");
        var refused = await host.DecideAsync(agent, "frobnicate --some");
        refused.Policies.ShouldContain("system:escalation-limit");
        (await FindAsync(host, asked)).Deciding.ShouldNotBeNull();
        (await FindAsync(host, refused)).Deciding.ShouldBeNull();
    }

    [Fact]
    public async Task DryRun_KeepsNoTree_AndIsReadAgain()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var recorded = await FindAsync(host, await host.DecideAsync(agent, "frobnicate --all", dryRun: true));
        recorded.Tree.ShouldBeNull();
        host.Get<IDecisionExplainer>().Explain(recorded)!.Source.ShouldBe(TreeSource.ReadAgain);
        (await FindAsync(host, await host.DecideAsync(agent, "frobnicate --all"))).Tree.ShouldNotBeNull();
    }

    [Fact]
    public async Task ReadAgain_ForAKeyWithRootsOfItsOwn_FindsTheSame()
    {
        await using var host = await EngineHost.StartAsync();
        var key = await host.Agents.CreateKeyAsync(
            EngineHost.Admin, new NewKey { Name = "rooted", Role = Roles.Agent, Owner = "admin", WorkspaceRoots = ["/home/test"] }, CancellationToken.None);
        var agent = host.Get<ICredentials>().Verify(key.Secret)!;
        var recorded = await FindAsync(host, await host.DecideAsync(agent, "touch ../other/x"));
        recorded.Verdict.ShouldBe(Verdict.Allow);
        host.Get<IDecisionExplainer>().Explain(recorded)!.Source.ShouldBe(TreeSource.ReadAgain);
    }

    [Fact]
    public async Task Batch_WithTextThatIsNone_IsRefusedAsAWhole()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var broken = new DecisionRequest { Tool = "Write", Input = JsonDocument.Parse("""{"file_path":"a","content":"\ud800"}""").RootElement };
        var refused = await Should.ThrowAsync<LighthouseException>(() => host.Engine.DecideManyAsync(
            agent, [EngineHost.Bash("ls"), broken], new DecideOptions(host.Clock.GetTimestamp(), false, false), CancellationToken.None));
        refused.Code.ShouldBe(ErrorCodes.InvalidField);
    }

    private static async Task<DecisionDetail> FindAsync(EngineHost host, Decision decision) =>
        (await host.Get<IDecisionLog>().FindAsync(decision.Id, CancellationToken.None)).ShouldNotBeNull();
}
