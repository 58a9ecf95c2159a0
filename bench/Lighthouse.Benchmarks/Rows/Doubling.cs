namespace Lighthouse.Benchmarks.Rows;

/// <summary>Row 5: twice the text must not take more than two and a half times as long, up to the largest text that is read, for every shape.</summary>
internal static class Doubling
{
    private const int Rounds = 9;
    private const int WarmUp = 2;
    private static readonly int[] _sizes = [16_384, 32_768, 65_536];

    public static bool Run()
    {
        using var gate = new Gate();
        // Code that is young is slow at whatever size comes first.
        foreach (var (_, of) in WorstInputs.Shapes.Concat(WorstInputs.Shapes).Concat(WorstInputs.Shapes))
        {
            gate.Analyse(Gate.Request(of(4_096)));
        }

        var shapes = WorstInputs.Shapes.Select(shape => Measure(gate, shape.Name, shape.Of))
            .OrderByDescending(static one => one.Growth).ToArray();
        Console.WriteLine();
        Console.WriteLine("5. Worst-case inputs: median processor time at 16, 32 and 64 kB, the larger of the two growths, worst first");
        foreach (var (name, times, growth, complete) in shapes)
        {
            Console.WriteLine($"  {name,-28} {times[0],9:F0} {times[1],9:F0} {times[2],9:F0} us  {growth,6:F2}x  {(complete ? "" : "escalates: not fully understood")}");
        }

        var slowest = shapes.MaxBy(static one => one.Times[^1]);
        return Report.Goal(
            "5", shapes[0].Growth <= 2.5,
            $"{shapes[0].Growth:F2}x for {shapes[0].Name} (goal 2.5x), {shapes.Count(static one => one.Growth > 2.5)} of {shapes.Length} shapes above; slowest at 64 kB: {slowest.Name}, {slowest.Times[^1] / 1000:F1} ms");
    }

    private static (string Name, double[] Times, double Growth, bool Complete) Measure(Gate gate, string name, Func<int, string> shape)
    {
        var requests = _sizes.Select(size => Gate.Request(shape(size))).ToArray();
        var rounds = _sizes.Select(static _ => new List<double>()).ToArray();
        var complete = true;
        for (var round = -WarmUp; round < Rounds; round++)
        {
            for (var size = 0; size < requests.Length; size++)
            {
                var began = ThreadClock.Microseconds();
                complete = gate.Analyse(requests[size]).Complete;
                var took = ThreadClock.Microseconds() - began;
                if (round >= 0)
                {
                    rounds[size].Add(took);
                }
            }
        }

        var times = rounds.Select(static one => one.Order().ElementAt(Rounds / 2)).ToArray();
        return (name, times, Math.Max(times[1] / times[0], times[2] / times[1]), complete);
    }
}
