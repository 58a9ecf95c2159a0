using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Policies;

/// <summary>A decision by a policy names the part of the action that the policy is about, where it is about one.</summary>
public sealed class PolicyCauseTests
{
    private const string NoNpm = "@id(\"no-npm\") @reason(\"packages come from the mirror\") forbid(principal, action, resource) when { context.programs.contains(\"npm\") };";

    [Fact]
    public async Task PolicyAboutOnePart_PointsAtThatPart()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.ActivateAsync(NoNpm);
        const string command = "cat package.json && npm install left-pad";
        foreach (var tier in (DecisionTier[])[DecisionTier.Policy, DecisionTier.Memory])
        {
            var decision = await host.DecideAsync(agent, command);
            (decision.Verdict, decision.Tier).ShouldBe((Verdict.Deny, tier));
            var fact = await FactAsync(host, decision);
            (fact!.Rule, fact.Because, fact.Part.Program).ShouldBe(("no-npm", "packages come from the mirror", "npm"));
            command.Substring(fact.Part.Start, fact.Part.Length).ShouldStartWith("npm install");
        }
    }

    [Fact]
    public async Task PolicyThatEscalates_PointsAtItsPart_NotAtTheProfiles()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.ActivateAsync("@id(\"ask\") @verdict(\"escalate\") forbid(principal, action, resource) when { context.paths.contains(\"/home/test/project/db\") };");
        // The profile would ask because of npm; the policy asks because of the path.
        var decision = await host.DecideAsync(agent, "npm install left-pad; cat db/schema.sql");
        decision.Verdict.ShouldBe(Verdict.Escalate);
        var fact = await FactAsync(host, decision);
        (fact!.Rule, fact.Part.Program).ShouldBe(("ask", "cat"));
        (await host.Inbox.GetAsync(EngineHost.Expert, decision.EscalationId!, CancellationToken.None)).Deciding.ShouldBe(fact);
    }

    [Theory]
    [InlineData("context.command like \"*left-pad*\"")]
    [InlineData("context.programs.contains(\"npm\") && context.programs.contains(\"cat\")")]
    [InlineData("!context.programs.contains(\"sudo\")")]
    public async Task PolicyAboutTheWhole_PointsAtNoPart_AndIsNamed(string condition)
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        await host.ActivateAsync($"@id(\"whole\") @reason(\"not here\") forbid(principal, action, resource) when {{ {condition} }};");
        var decision = await host.DecideAsync(agent, "cat package.json && npm install left-pad");
        decision.Verdict.ShouldBe(Verdict.Deny);
        (await FactAsync(host, decision)).ShouldBeNull();
        decision.Policies[0].ShouldBe("whole");
        decision.Reason.ShouldBe("Forbidden by policy whole: not here");
    }

    private static async Task<DecidingFact?> FactAsync(EngineHost host, Decision decision) =>
        (await host.Get<IDecisionLog>().FindAsync(decision.Id, CancellationToken.None))!.Deciding;
}
