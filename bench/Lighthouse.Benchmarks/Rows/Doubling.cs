namespace Lighthouse.Benchmarks.Rows;

/// <summary>
/// Row 5: twice the text must not take more than two and a half times as long, up to the largest text that is read, for every shape. The small sizes are
/// there for shapes that pass a limit and escalate early: what they cost just below it counts as well. The collector has no part in the time, because
/// it strikes at random (<see cref="QuietRun"/>); what it has to do is counted as bytes, under the same goal.
/// </summary>
internal static class Doubling
{
    private const int Rounds = 9;
    private const int WarmUp = 1;
    private const int FewRounds = 3;
    private const double MicrosecondsAShape = 1_500_000;

    // Below it the cost is that of a text on the large object heap, not that of the reader.
    private const double Noise = 1_000;
    private const double LargeHeap = 1_000_000;
    private static readonly int[] _sizes = [4_096, 8_192, 16_384, 32_768, 65_536];

    public static bool Run()
    {
        using var gate = new Gate();
        // Code that is young is slow at whatever size comes first.
        for (var round = 0; round < 6; round++)
        {
            foreach (var (_, of) in WorstInputs.Shapes)
            {
                gate.Analyse(Gate.Request(of(round < 3 ? 4_096 : 16_384)));
            }
        }

        var shapes = WorstInputs.Shapes.Select(shape => Measure(gate, shape.Name, shape.Of)).OrderByDescending(static one => one.Growth).ToArray();
        Console.WriteLine();
        Console.WriteLine("5. Worst-case inputs: least processor time at 4, 8, 16, 32 and 64 kB, the largest growth of time or allocation from one to the next, worst first");
        Console.WriteLine("   (a size that takes less than a millisecond does not count as growth)");
        foreach (var (name, times, growth, bytes, complete) in shapes)
        {
            Console.WriteLine($"  {name,-28} {string.Join(' ', times.Select(static one => $"{one,8:F0}"))} us  {growth,6:F2}x {bytes / 1e6,6:F1} MB  {(complete ? "" : "escalates: not fully understood")}");
        }

        var slowest = shapes.MaxBy(static one => one.Times.Max());
        return Report.Goal(
            "5", shapes[0].Growth <= 2.5,
            $"{shapes[0].Growth:F2}x for {shapes[0].Name} (goal 2.5x), {shapes.Count(static one => one.Growth > 2.5)} of {shapes.Length} shapes above; slowest: {slowest.Name}, {slowest.Times.Max() / 1000:F1} ms");
    }

    private static (string Name, double[] Times, double Growth, double Bytes, bool Complete) Measure(Gate gate, string name, Func<int, string> shape)
    {
        var requests = _sizes.Select(size => Gate.Request(shape(size))).ToArray();
        var least = _sizes.Select(static _ => double.MaxValue).ToArray();
        var bytes = new double[_sizes.Length];
        var spent = 0.0;
        // A shape that takes seconds gets fewer rounds, so that the whole row stays bounded.
        for (var round = -WarmUp; round < FewRounds || (round < Rounds && spent < MicrosecondsAShape); round++)
        {
            // In turn, and the least counts: what the machine does only ever adds.
            for (var turn = 0; turn < requests.Length; turn++)
            {
                var size = (turn + round + WarmUp) % requests.Length;
                (var took, bytes[size]) = QuietRun.Of(() => gate.Analyse(requests[size]));
                spent += took;
                least[size] = round < 0 ? least[size] : Math.Min(least[size], took);
            }
        }

        var complete = gate.Analyse(requests[^1]).Complete;
        var growth = least.Zip(least.Skip(1), static (half, whole) => whole < Noise ? 0 : whole / half).Max();
        var heap = bytes.Zip(bytes.Skip(1), static (half, whole) => whole < LargeHeap ? 0 : whole / half).Max();
        return (name, least, Math.Max(growth, heap), bytes.Max(), complete);
    }
}
