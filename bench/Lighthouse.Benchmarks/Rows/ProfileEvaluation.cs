using Lighthouse.Contracts;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>Row 3: the rules of <c>guarded</c> as data against the same rules written by hand as closures, over the same analyses.</summary>
internal static class ProfileEvaluation
{
    private static readonly (Verdict Verdict, string Id, Func<ActionPart, bool> Fits)[] _rules =
    [
        (Verdict.Deny, "protected", static part => part.Place == "protected"),
        (Verdict.Deny, "catastrophic", static part => part.Risk == Risk.Critical),
        (Verdict.Escalate, "unknown", static part => part.Effect == "unknown"),
        (Verdict.Escalate, "dynamic", static part => part.Effect == "execute-dynamic"),
        (Verdict.Allow, "read", static part => part.Effect == "read" && part.Place is "workspace" or "temporary" or "outside" or "home" or "system" or "startup" or "network" or "none"),
        (Verdict.Allow, "read-listed", static part => part.Effect == "read" && part.Place == "unresolved" && part.Risk <= Risk.Low),
        (Verdict.Escalate, "read-elsewhere", static part => part.Effect == "read"),
        (Verdict.Allow, "fetch", static part => part.Effect == "network-in" && part.Place is "network" or "none" && part.Risk <= Risk.Medium),
        (Verdict.Escalate, "fetch-elsewhere", static part => part.Effect == "network-in"),
        (Verdict.Allow, "write", static part => part.Effect == "write-workspace" && part.Place is "workspace" or "temporary" or "none" && part.Risk <= Risk.Medium),
        (Verdict.Escalate, "write-workspace", static part => part.Effect == "write-workspace"),
        (Verdict.Allow, "write-temporary", static part => part.Effect == "write-outside" && part.Place == "temporary" && part.Risk <= Risk.Medium),
        (Verdict.Escalate, "write-outside", static part => part.Effect == "write-outside"),
        (Verdict.Allow, "delete-temporary", static part => part.Effect == "delete" && part.Place == "temporary" && part.Risk <= Risk.Low),
        (Verdict.Escalate, "delete", static part => part.Effect == "delete"),
        (Verdict.Escalate, "credentials", static part => part.Effect == "credential-access"),
        (Verdict.Escalate, "privilege", static part => part.Effect == "privilege"),
        (Verdict.Escalate, "persistence", static part => part.Effect == "persistence"),
        (Verdict.Escalate, "history", static part => part.Effect == "history-rewrite"),
        (Verdict.Escalate, "infrastructure", static part => part.Effect == "infrastructure"),
        (Verdict.Escalate, "packages", static part => part.Effect == "package-install"),
        (Verdict.Escalate, "processes", static part => part.Effect == "process-control"),
        (Verdict.Escalate, "send", static part => part.Effect == "network-out"),
    ];

    public static bool Run()
    {
        using var gate = new Gate();
        var analyses = MissPath.Commands.Select(one => gate.Analyse(Gate.Request(one.Command))).ToArray();
        foreach (var analysis in analyses)
        {
            var profile = gate.Judge(analysis).Verdict;
            if (profile != ByHand(analysis).Verdict)
            {
                throw new InvalidOperationException("The closures do not say what the profile says: they are no yardstick for it.");
            }
        }

        var measured = Arena.Measure(
            1, 500_000,
            Loop("hand-written closures (yardstick)", analyses, static one => (int)ByHand(one).Verdict),
            Loop("profile with reason and deciding fact", analyses, one => (int)gate.Judge(one).Verdict));
        Report.Row($"3. Profile evaluation, {_rules.Length} rules, the analyses of row 4's commands", measured, measured[0]);
        var ratio = measured[1].Ratio(measured[0]);
        return Report.Goal("3", ratio <= 2, $"{ratio:F2}x the closures (goal 2x)");
    }

    private static (Verdict Verdict, string Id) ByHand(Analysis analysis)
    {
        (Verdict Verdict, string Id) worst = analysis.Complete && analysis.Parts.Count > 0 ? (Verdict.Allow, "") : (Verdict.Escalate, "incomplete");
        foreach (var part in analysis.Parts)
        {
            foreach (var (verdict, id, fits) in _rules)
            {
                if (fits(part))
                {
                    worst = verdict > worst.Verdict ? (verdict, id) : worst;
                    break;
                }
            }
        }

        return worst;
    }

    private static Contender Loop(string name, Analysis[] analyses, Func<Analysis, int> judge) => new(name, (times, _) =>
    {
        var sum = 0;
        for (int i = 0, at = 0; i < times; i++, at = at + 1 < analyses.Length ? at + 1 : 0)
        {
            sum += judge(analyses[at]);
        }

        GC.KeepAlive(sum);
    });
}
