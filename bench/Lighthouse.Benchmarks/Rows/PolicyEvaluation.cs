using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;
using Lighthouse.Engine.Validation.Policies.Sets;
using Lighthouse.Engine.Validation.Tiers.Pattern;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>What custom policies and patterns cost beside the profile, over the analyses of row 4's commands. No goal: who has no policies pays nothing.</summary>
internal static class PolicyEvaluation
{
    private const string Policies = """
        @id("no-terraform") forbid(principal, action == Action::"shell", resource)
        when { context.programs.contains("terraform") && context.effects.contains("infrastructure") };
        @id("ask-migrations") @verdict("escalate") forbid(principal, action, resource)
        when { context.changes.contains("/home/dev/project/migrations") };
        @id("scratch") permit(principal, action, resource)
        when { context.within.contains("/home/dev/project/scratch") && ["read", "write-workspace", "delete"].containsAll(context.effects) };
        """;

    public static bool Run()
    {
        using var gate = new Gate();
        var services = new ServiceCollection();
        services.AddLogging();
        services.Configure<LighthouseOptions>(static options => options.DataDirectory = Path.Combine(AppContext.BaseDirectory, "cedar-cache"));
        services.AddLighthouseEngine();
        using var provider = services.BuildServiceProvider();
        var (judge, pool, time) = (provider.GetRequiredService<PolicyJudge>(), provider.GetRequiredService<CedarPool>(), TimeProvider.System);
        var started = time.GetTimestamp();
        var session = pool.NewSession();
        Report.Line($"first instance, engine compiled or loaded: {time.GetElapsedTime(started).TotalMilliseconds:F0} ms");
        started = time.GetTimestamp();
        pool.NewSession().Dispose();
        Report.Line($"further instance: {time.GetElapsedTime(started).TotalMilliseconds:F1} ms");
        var three = Compile(session, Policies);
        var hundred = Compile(session, Policies + string.Concat(Enumerable.Range(0, 97).Select(static i =>
            $"\n@id(\"p{i}\") forbid(principal, action, resource) when {{ context.programs.contains(\"tool{i}\") && context.effects.contains(\"network-out\") }};")));

        var agent = new AgentIdentity("bench", "bench", "bench", "guarded", []);
        var analyses = MissPath.Commands.Select(one => (Request: Gate.Request(one.Command), Analysis: gate.Analyse(Gate.Request(one.Command)))).ToArray();
        RequestFacts Facts(int at) => judge.Facts(analyses[at].Request, agent, "/home/dev/project", analyses[at].Analysis, time.GetUtcNow());
        var active = new ActivePolicies("bench", 1, three);
        var book = new PatternBook();
        using var sessionOfHundred = pool.NewSession();
        session.Load(three);
        sessionOfHundred.Load(hundred);

        var measured = Arena.Measure(
            1, 400,
            Loop("profile (yardstick)", at => (int)gate.Judge(analyses[at].Analysis).Verdict),
            Loop("profile and 3 policies", at => (int)judge.Judge(session, three, Facts(at)).Verdict),
            Loop("the same through the pool of instances", at => (int)judge.JudgeAsync(active, Facts(at), CancellationToken.None).AsTask().GetAwaiter().GetResult().Verdict),
            Loop("profile and 100 policies", at => (int)judge.Judge(sessionOfHundred, hundred, Facts(at)).Verdict),
            Loop("patterns", at => book.Score(new PatternView(analyses[at].Request, analyses[at].Analysis)).Found.Count));
        Report.Row("Policies: profile, Cedar (parsed beforehand) and patterns, the analyses of row 4's commands", measured, measured[0]);
        var busy = ThreadClock.Microseconds();
        for (var i = 0; i < 2_000; i++)
        {
            judge.Judge(session, three, Facts(i % analyses.Length));
        }

        Report.Line($"processor time of profile and 3 policies, alone: {(ThreadClock.Microseconds() - busy) / 2_000:F1} us");
        Report.Line($"memory of the instance afterwards: {session.MemoryBytes / 1048576.0:F1} MB");
        session.Dispose();
        return true;

        Contender Loop(string name, Func<int, int> judgeOne) => new(name, (times, _) =>
        {
            var sum = 0;
            for (int i = 0, at = 0; i < times; i++, at = at + 1 < analyses.Length ? at + 1 : 0)
            {
                sum += judgeOne(at);
            }

            GC.KeepAlive(sum);
        });
    }

    private static CompiledPolicySet Compile(CedarSession session, string text)
    {
        var diagnostics = new List<PolicyDiagnostic>();
        return PolicyCompiler.Compile(session, text, diagnostics, new CheckDeadline(TimeProvider.System)) ?? throw new InvalidOperationException(string.Join('\n', diagnostics));
    }
}
