using Lighthouse.Contracts;
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
