using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Sets;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Policies;

/// <summary>Custom policies switched off: that may tighten, and never loosen.</summary>
public sealed class PolicySwitchTests
{
    private static void Off(IServiceCollection services) => services.Configure<PolicyOptions>(static options => options.Enabled = false);

    [Fact]
    public async Task SwitchedOff_EscalatesWhatTheProfileAllows_LiftsNothing_AndRemembersNothing()
    {
        var directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        try
        {
            await using (var on = await EngineHost.StartAsync(directory))
            {
                await on.ActivateAsync("@id(\"npm\") permit(principal, action, resource) when { context.programs.contains(\"npm\") };\n@id(\"no-ls\") forbid(principal, action, resource) when { context.programs.contains(\"ls\") };");
                var agent = await on.AgentAsync();
                await VerdictsAsync(on, agent, (Verdict.Allow, "cat README.md"), (Verdict.Allow, "npm install a"), (Verdict.Deny, "ls"), (Verdict.Deny, "rm -rf /"));
            }

            await using (var off = await EngineHost.StartAsync(directory, Off))
            {
                var agent = await off.AgentAsync("b");
                await VerdictsAsync(off, agent, (Verdict.Escalate, "cat README.md"), (Verdict.Escalate, "npm install a"), (Verdict.Escalate, "ls"), (Verdict.Deny, "rm -rf /"));
                var again = await off.DecideAsync(await off.AgentAsync("c"), "cat README.md");
                (again.Verdict, again.Tier).ShouldBe((Verdict.Escalate, DecisionTier.Policy));
                again.Reason.ShouldContain("switched off");
                again.PolicySetVersion.ShouldEndWith("+policies-1-off");
                off.Policies().Problem!.ShouldContain("switched off");
                off.Policies().ActiveVersion.ShouldBe(1);
                // It can still be tried, and put right.
                (await off.Policies().TryAsync(EngineHost.Admin, null, new PolicyTrialRequest { Command = "ls" }, CancellationToken.None)).Verdict.ShouldBe(Verdict.Deny);
                await off.Policies().DeactivateAsync(EngineHost.Admin, 1, "not needed", CancellationToken.None);
                await VerdictsAsync(off, agent, (Verdict.Allow, "cat other.md"), (Verdict.Allow, "ls"));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task SwitchedOff_ActivationCountsOnlyAsATightening()
    {
        await using var host = await EngineHost.StartAsync(configure: Off);
        var agent = await host.AgentAsync();
        await VerdictsAsync(host, agent, (Verdict.Allow, "ls"));
        await host.ActivateAsync("permit(principal, action, resource);");
        await VerdictsAsync(host, agent, (Verdict.Escalate, "ls"), (Verdict.Escalate, "npm install a"));
    }

    private static async Task VerdictsAsync(EngineHost host, Lighthouse.Engine.Identity.Contracts.Caller agent, params (Verdict Verdict, string Command)[] expected)
    {
        foreach (var (verdict, command) in expected)
        {
            (await host.DecideAsync(agent, command)).Verdict.ShouldBe(verdict, command);
        }
    }
}
