using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Validation;

public sealed class EpochTests
{
    [Theory]
    [InlineData(EpochKind.Policies, DecisionTier.Policy)]
    [InlineData(EpochKind.Profiles, DecisionTier.Policy)]
    [InlineData(EpochKind.Flags, DecisionTier.Policy)]
    [InlineData(EpochKind.Agents, DecisionTier.Memory)]
    [InlineData(EpochKind.Grants, DecisionTier.Memory)]
    public async Task Advance_EndsWhatWasRememberedWhereItCouldBeWrong(EpochKind kind, DecisionTier second)
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.DecideAsync(agent, "cat notes.txt");
        (await host.DecideAsync(agent, "cat notes.txt")).Tier.ShouldBe(DecisionTier.Memory);

        host.Get<IEpochs>().Advance(kind);

        (await host.DecideAsync(agent, "cat notes.txt")).Tier.ShouldBe(second);
        (await host.DecideAsync(agent, "cat notes.txt")).Tier.ShouldBe(DecisionTier.Memory);
    }

    [Fact]
    public async Task Unconfirmed_NothingRememberedAnswers()
    {
        var epochs = new DoubtfulEpochs();
        await using var host = await EngineHost.StartAsync(configure: services => services.AddSingleton<IEpochs>(epochs));
        var agent = await host.AgentAsync();
        await host.DecideAsync(agent, "cat notes.txt");
        epochs.Confirmed = false;
        var judged = await host.DecideAsync(agent, "cat notes.txt");
        judged.Tier.ShouldBe(DecisionTier.Policy);
        judged.Verdict.ShouldBe(Verdict.Allow);
        epochs.Confirmed = true;
        (await host.DecideAsync(agent, "cat notes.txt")).Tier.ShouldBe(DecisionTier.Memory);
    }

    private sealed class DoubtfulEpochs : IEpochs
    {
        public bool Confirmed { get; set; } = true;

        public string Stamp => "one";

        public bool IsConfirmed(long nowTimestamp) => Confirmed;

        public void Advance(EpochKind kind)
        {
        }
    }
}
