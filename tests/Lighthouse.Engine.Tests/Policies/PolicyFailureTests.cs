using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;
using Lighthouse.Engine.Validation.Policies.Sets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Tests.Policies;

public sealed class PolicyFailureTests
{
    [Fact]
    public async Task PoliciesThatTakeTooLong_Escalate_StayActive_AndSpoilNothing()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        // Hundreds of comparisons with a text of 60 kB: far more than a millisecond's work.
        var slow = string.Join('\n', Enumerable.Range(0, 480).Select(static i =>
            $"@id(\"slow{i}\") forbid(principal, action == Action::\"shell\", resource) when {{ context.command like \"*b*c*d*e*{i}\" }};"));
        var active = await host.ActivateAsync(slow);
        var long60 = "echo " + string.Concat(Enumerable.Repeat("abcdef ", 8_500));
        host.Get<IOptions<PolicyOptions>>().Value.TimeoutMs = 1;
        var given = await host.DecideAsync(agent, long60);
        given.Verdict.ShouldBe(Verdict.Escalate);
        given.Reason.ShouldContain("could not be evaluated");
        given.Policies.ShouldContain("system:policies");
        host.Policies().ActiveVersion.ShouldBe(active);
        host.Policies().Problem.ShouldNotBeNull();
        host.Get<IOptions<PolicyOptions>>().Value.TimeoutMs = 10_000;
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Allow);
    }

    [Fact]
    public async Task EngineThatCannotBeLoaded_EscalatesWhatTheProfileAllows_AndKeepsItsDenials()
    {
        var directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        try
        {
            await using (var before = await EngineHost.StartAsync(directory))
            {
                await before.ActivateAsync("@id(\"no-ls\") forbid(principal, action == Action::\"shell\", resource) when { context.programs.contains(\"ls\") };");
            }

            var broken = SharedCedar.New(Path.Combine(directory, "broken"));
            broken.Dispose();
            await using var after = await EngineHost.StartAsync(directory, services => services.AddSingleton(broken));
            var agent = await after.AgentAsync();
            var read = await after.DecideAsync(agent, "cat README.md");
            read.Verdict.ShouldBe(Verdict.Escalate);
            read.Reason.ShouldContain("could not be evaluated");
            (await after.DecideAsync(agent, "rm -rf /")).Verdict.ShouldBe(Verdict.Deny);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Trap_InARequest_Escalates_SaysWhy_AndTheSetStaysActive()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        var many = string.Join('\n', Enumerable.Range(0, 400).Select(static i => $"@id(\"p{i}\") forbid(principal, action, resource) when {{ context.fileNames.contains(\"{new string('x', 100)}{i}\") }};"));
        var active = await host.ActivateAsync(many);
        // The engine runs out of its memory in the middle of the request.
        host.Get<IOptions<PolicyOptions>>().Value.MemoryLimitBytes = 3 << 20;
        var trapped = await host.DecideAsync(agent, "cat README.md");
        (trapped.Verdict, trapped.Tier).ShouldBe((Verdict.Escalate, DecisionTier.Policy));
        trapped.Reason.ShouldContain("The policy engine failed");
        host.Policies().ActiveVersion.ShouldBe(active);
        host.Policies().Problem.ShouldNotBeNull().ShouldContain("failed");
        (await host.DecideAsync(agent, "rm -rf /")).Verdict.ShouldBe(Verdict.Deny);
        host.Get<IOptions<PolicyOptions>>().Value.MemoryLimitBytes = CedarInstance.MemoryLimit;
        (await host.DecideAsync(agent, "cat README.md")).Verdict.ShouldBe(Verdict.Allow);
        host.Policies().Problem.ShouldBeNull();
    }

    [Fact]
    public async Task CheckThatTakesTooLong_EndsWithADiagnostic()
    {
        await using var host = await EngineHost.StartAsync();
        var example = new PolicyExample { Policy = "p", Matches = true, Request = new PolicyTrialRequest { Command = "ls" } };
        const string Text = "@id(\"p\") forbid(principal, action, resource) when { context.programs.contains(\"ls\") };";
        host.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(200);
        var check = await host.CheckAsync(Text, [.. Enumerable.Repeat(example, 100)]);
        var given = check.Diagnostics.ShouldHaveSingleItem();
        given.Message.ShouldContain("given up after 10 s");
        given.Example.ShouldNotBeNull().ShouldBeInRange(1, 50);
        var many = await host.CheckAsync(string.Join('\n', Enumerable.Range(0, 200).Select(static i => $"@id(\"p{i}\") forbid(principal, action, resource) when {{ context.risk > 2 }};")));
        many.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("it took longer than 10 s");
    }

    [Fact]
    public async Task CheckUnderWay_DoesNotHoldUpARollback()
    {
        await using var host = await EngineHost.StartAsync();
        await host.ActivateAsync("@id(\"a\") forbid(principal, action, resource) when { context.programs.contains(\"ls\") };");
        var slow = string.Join('\n', Enumerable.Range(0, 400).Select(static i =>
            $"@id(\"slow{i}\") forbid(principal, action == Action::\"shell\", resource) when {{ context.command like \"*b*c*d*e*f*b*c*d*e*{i}\" }};"));
        var request = new PolicyTrialRequest { Command = "echo " + string.Concat(Enumerable.Repeat("abcdef ", 700)) };
        var check = host.CheckAsync(slow, [.. Enumerable.Repeat(new PolicyExample { Policy = "slow1", Matches = false, Request = request }, 100)]);
        await host.Policies().DeactivateAsync(EngineHost.Admin, 1, "", CancellationToken.None);
        await host.Policies().ActivateAsync(EngineHost.Admin, 1, 0, "", CancellationToken.None);
        check.IsCompleted.ShouldBeFalse("the rollback did not wait for it");
        (await check).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task VersionThatCannotBeRead_KeepsItsNumber()
    {
        await using var host = await EngineHost.StartAsync();
        await host.Store.AppendAsync([new NewEvent(PolicyBook.StreamOf(1), 0, EventTypes.PolicySetSaved, "u-other", "[]"u8.ToArray())], CancellationToken.None);
        var saved = await host.Policies().SaveAsync(EngineHost.Admin, new PolicySetDocument { Text = "permit(principal, action, resource) when { context.effects.contains(\"read\") };" }, "", CancellationToken.None);
        saved.Number.ShouldBe(2);
    }

    [Fact]
    public async Task DryRun_WhileTheActiveSetCannotBeRead_ComparesWithTheEscalationsOfNow()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        (await host.DecideAsync(agent, "cat README.md")).Verdict.ShouldBe(Verdict.Allow);
        await host.Store.AppendAsync([new NewEvent(PolicyBook.ActivationStream, 0, EventTypes.PolicySetActivated, "u-other", "[]"u8.ToArray())], CancellationToken.None);
        (await host.DecideAsync(agent, "cat OTHER.md")).Verdict.ShouldBe(Verdict.Escalate);
        await host.Get<Lighthouse.Engine.Validation.Log.DecisionProjection>().CatchUpAsync(CancellationToken.None);
        var changes = new List<DryRunChange>();
        await foreach (var step in host.Policies().DryRunAsync(EngineHost.Admin, new DryRunPlan { Version = 0 }, CancellationToken.None))
        {
            changes.AddRange(step.Changes);
        }

        changes.Count.ShouldBe(2);
        changes.ShouldAllBe(static change => change.From == Verdict.Escalate && change.To == Verdict.Allow);
    }

    [Fact]
    public async Task NoPolicySet_NeverLoadsTheEngine()
    {
        var module = SharedCedar.New(Directory.CreateTempSubdirectory("lighthouse-test-").FullName);
        await using var host = await EngineHost.StartAsync(configure: services => services.AddSingleton(module));
        var agent = await host.AgentAsync();
        (await host.DecideAsync(agent, "ls")).Verdict.ShouldBe(Verdict.Allow);
        module.IsLoaded.ShouldBeFalse();
        module.Dispose();
    }

    [Fact]
    public async Task ManyRequestsAtOnce_ShareTheInstances_AndAllAreRight()
    {
        await using var host = await EngineHost.StartAsync(configure: EngineSettings.NoLimits);
        var agent = await host.AgentAsync();
        await host.ActivateAsync("@id(\"odd\") forbid(principal, action, resource) when { context.fileNames.contains(\"odd.txt\") };");
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
            (i, (await host.DecideAsync(agent, $"cat {i}/{(i % 2 == 1 ? "odd" : "even")}.txt")).Verdict))));
        verdicts.ShouldAllBe(static one => one.Verdict == (one.i % 2 == 1 ? Verdict.Deny : Verdict.Allow));
    }
}
