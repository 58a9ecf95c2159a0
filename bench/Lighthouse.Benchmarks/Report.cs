namespace Lighthouse.Benchmarks;

internal static class Report
{
    private static readonly List<string> Verdicts = [];

    public static void Row(string title, IReadOnlyList<Measured> measured, Measured yardstick)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        foreach (var one in measured)
        {
            Console.WriteLine($"  {one.Name,-44} {one.Median,9:F1} ns  ±{one.Spread,5:P0}  {one.Bytes,7:F1} B  {one.Ratio(yardstick),6:F2}x");
        }
    }

    public static void Line(string text) => Console.WriteLine("  " + text);

    public static bool Goal(string row, bool held, string what)
    {
        Verdicts.Add($"row {row,-3} {(held ? "holds " : "MISSES")} {what}; load average {Load()}");
        return held;
    }

    /// <summary>Of the last minute: on a busy machine only the ratios mean something.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public static void Summary()
    {
        Console.WriteLine();
        Verdicts.ForEach(Console.WriteLine);
    }
}
