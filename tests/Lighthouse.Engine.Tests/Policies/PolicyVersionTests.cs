using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Policies;

public sealed class PolicyVersionTests
{
    private const string NoLs = "@id(\"no-ls\") forbid(principal, action, resource) when { context.programs.contains(\"ls\") };";
    private const string NoCat = "@id(\"no-cat\") forbid(principal, action, resource) when { context.programs.contains(\"cat\") };";

    [Fact]
    public async Task Activation_EndsWhatWasRemembered_AndRollingBackToo()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Allow);
        (await host.DecideAsync(agent, "ls")).Tier.ShouldBe(DecisionTier.Memory);
        var first = await host.ActivateAsync(NoLs);
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Deny);
        var second = await host.ActivateAsync(NoCat);
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Allow);
        (await host.DecideAsync(agent, "cat a")).Verdict.ShouldBe(Verdict.Deny);
        var change = await host.Policies().ActivateAsync(EngineHost.Admin, first, second, "back", CancellationToken.None);
        change.RolledBack.ShouldBeTrue();
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Deny);
        (await host.DecideAsync(agent, "cat a")).Verdict.ShouldBe(Verdict.Allow);
        await host.Policies().DeactivateAsync(EngineHost.Admin, first, "enough", CancellationToken.None);
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Allow);
        host.Policies().List(EngineHost.Admin).Select(static one => one.State).ShouldBe([PolicySetState.Retired, PolicySetState.Retired]);
    }

    [Fact]
    public async Task SetWithErrors_IsKeptAsDraft_ButNeverBecomesActive()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var active = await host.ActivateAsync(NoLs);
        var draft = await host.Policies().SaveAsync(EngineHost.Admin, new PolicySetDocument { Text = "permit(" }, "half done", CancellationToken.None);
        draft.Errors.ShouldBe(1);
        var refused = await Should.ThrowAsync<LighthouseException>(() => host.Policies().ActivateAsync(EngineHost.Admin, draft.Number, active, "", CancellationToken.None));
        refused.Code.ShouldBe(ErrorCodes.InvalidPolicies);
        host.Policies().ActiveVersion.ShouldBe(active);
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Deny);
    }

    [Fact]
    public async Task TwoAdminsAtOnce_OneActivates_TheOtherIsToldOfTheConflict()
    {
        await using var host = await EngineHost.StartAsync();
        var sets = host.Policies();
        var one = await sets.SaveAsync(EngineHost.Admin, new PolicySetDocument { Text = NoLs }, "", CancellationToken.None);
        var two = await sets.SaveAsync(EngineHost.Admin, new PolicySetDocument { Text = NoCat }, "", CancellationToken.None);
        var results = await Task.WhenAll(new[] { one, two, one, two }.Select(async saved =>
        {
            try
            {
                return (await sets.ActivateAsync(EngineHost.Admin, saved.Number, 0, "", CancellationToken.None)).Number;
            }
            catch (LighthouseException exception) when (exception.Code == ErrorCodes.Conflict)
            {
                return 0;
            }
        }));
        results.Count(static number => number > 0).ShouldBe(1);
        sets.ActiveVersion.ShouldBe(results.Max());
        sets.History(EngineHost.Admin).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ManySaversAtOnce_GetNumbersWithoutAGap()
    {
        await using var host = await EngineHost.StartAsync();
        var saved = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            host.Policies().SaveAsync(EngineHost.Admin, new PolicySetDocument { Text = NoLs }, "", CancellationToken.None)));
        saved.Select(static one => one.Number).Order().ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Restart_KeepsTheActiveSet_AndItsVersions()
    {
        var directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        try
        {
            await using (var before = await EngineHost.StartAsync(directory))
            {
                await before.ActivateAsync(NoCat);
                await before.ActivateAsync(NoLs);
            }

            await using var after = await EngineHost.StartAsync(directory);
            after.Policies().ActiveVersion.ShouldBe(2);
            (await after.Policies().GetAsync(EngineHost.Admin, 1, CancellationToken.None)).Document.Text.ShouldBe(NoCat);
            var agent = await after.AgentAsync();
            (await after.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Deny);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Roles_AreAskedFor()
    {
        await using var host = await EngineHost.StartAsync();
        var sets = host.Policies();
        var operatorCaller = EngineHost.Expert with { Roles = Identity_Operator };
        var saved = await sets.SaveAsync(operatorCaller, new PolicySetDocument { Text = NoLs }, "", CancellationToken.None);
        (await Should.ThrowAsync<LighthouseException>(() => sets.ActivateAsync(operatorCaller, saved.Number, 0, "", CancellationToken.None))).Code.ShouldBe(ErrorCodes.Forbidden);
        Should.Throw<LighthouseException>(() => sets.List(EngineHost.Expert)).Code.ShouldBe(ErrorCodes.Forbidden);
        var stale = EngineHost.Admin with { Proof = null };
        (await Should.ThrowAsync<LighthouseException>(() => sets.ActivateAsync(stale, saved.Number, 0, "", CancellationToken.None))).Code.ShouldBe(ErrorCodes.FreshSignInRequired);
    }

    private const Lighthouse.Engine.Identity.Contracts.Roles Identity_Operator = Lighthouse.Engine.Identity.Contracts.Roles.Operator;
}
