using Lighthouse.Contracts;
using Lighthouse.Engine.Commands;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Programs;
using Lighthouse.Engine.Commands.Resolution;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>Where the time and the memory of the miss path go, over all commands of row 4: each stage alone, in processor time.</summary>
internal static class Stages
{
    private const int Rounds = 9;
    private const int Times = 1_000;

    public static void Print(Gate gate, WorkingSet set, DecisionRequest[] requests)
    {
        var places = new PathPlaces();
        var recorded = new Recorded(new ProgramKnowledge(places));
        var place = gate.Locate(requests[0]);
        var texts = requests.Select(static one => ShellInput.Read(one.Input)!.Text).ToArray();
        foreach (var text in texts)
        {
            new ScriptWalker(recorded, places, place, text).WalkText(text);
        }

        var walked = texts.Select(text => Walked(recorded.Inner, places, place, text)).ToArray();
        var analyses = requests.Select(gate.Analyse).ToArray();
        Stage("miss of the memory tier", requests, one => set.Cache.TryGet(set.KeyOf(one), 1, out _) ? 1 : 0);
        Stage("workspace", requests, one => gate.Locate(one).ProtectedPaths.Count);
        Stage("input", requests, static one => ShellInput.Read(one.Input)!.Text.Length);
        Stage("parsing", texts, static one => ShellParser.Parse(one).ProblemAt);
        Stage("parsing and walking, knowledge included", texts, one => Walked(recorded.Inner, places, place, one).Uses.Count);
        Stage("knowledge of programs, in all of them", recorded.Calls.ToArray(), one => recorded.Inner.Read(one.Command, one.Place).Effects.Count, requests.Length);
        Stage("places of paths, one workspace path each", requests, _ => (int)places.PlaceOf(new Word("src/Invoices/InvoiceRenderer.cs", "", 0, 0), place));
        Stage("writing the analysis", walked, static one => AnalysisWriter.Write([.. one.Uses], one.Programs, one.Problem).Parts.Count);
        Stage("profile", analyses, one => gate.Judge(one).Reason.Length);
    }

    private static ScriptWalker Walked(IProgramKnowledge knowledge, IPathPlaces places, ActionPlace place, string text)
    {
        var walker = new ScriptWalker(knowledge, places, place, text);
        walker.WalkText(text);
        return walker;
    }

    private static void Stage<T>(string name, T[] inputs, Func<T, int> work, int? commands = null)
    {
        var times = new List<double>();
        var bytes = 0L;
        var seen = 0;
        for (var round = -2; round < Rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = ThreadClock.Microseconds();
            for (var i = 0; i < Times; i++)
            {
                foreach (var input in inputs)
                {
                    seen += work(input);
                }
            }

            times.Add((ThreadClock.Microseconds() - began) / Times / (commands ?? inputs.Length));
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Times / (commands ?? inputs.Length);
        }

        Report.Line($"{name,-44} {times.Skip(2).Order().ElementAt(Rounds / 2),6:F2} us {bytes,7} B a command{(seen < 0 ? "?" : "")}");
    }

    private sealed class Recorded(IProgramKnowledge inner) : IProgramKnowledge
    {
        public IProgramKnowledge Inner => inner;
        public List<(SimpleCommand Command, ActionPlace Place)> Calls { get; } = [];

        public ProgramReading Read(SimpleCommand command, ActionPlace place)
        {
            Calls.Add((command, place));
            return inner.Read(command, place);
        }
    }
}
