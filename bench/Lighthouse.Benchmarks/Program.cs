using Lighthouse.Benchmarks;
using Lighthouse.Benchmarks.Rows;

if (args is not ["table", ..])
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project bench/Lighthouse.Benchmarks -- table [row ...]

        Prints speed goals beside their yardsticks, measured in the same run: contenders take turns, median of at least 9 rounds, spread.
        Rows: 1 memory tier, 2 memory tier on two threads, 3 profile, 4 miss path, 5 worst-case inputs, 6 redis tier (starts a redis-server), 10 recording, policies, limits (docs/adr/0007), 14 cost over a million requests (minutes; --requests N).
        """);
    return 2;
}

var requests = Array.IndexOf(args, "--requests") is var at and > 0 && at + 1 < args.Length ? int.Parse(args[at + 1]) : 1_000_000;
var rows = args.Skip(1).TakeWhile(static one => !one.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
bool Wanted(string row) => rows.Count == 0 || rows.Contains(row);

Console.WriteLine($"{Environment.ProcessorCount} processors, load average {Report.Load()}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
var held = true;
if (Wanted("1"))
{
    held &= WarmMemoryTier.Run();
}

if (Wanted("2"))
{
    held &= TwoThreads.Run();
}

if (Wanted("3"))
{
    held &= ProfileEvaluation.Run();
}

if (Wanted("4"))
{
    held &= MissPath.Run();
}

if (Wanted("5"))
{
    held &= Doubling.Run();
}

if (Wanted("6"))
{
    held &= await SharedTier.RunAsync();
}

if (Wanted("10"))
{
    held &= Recording.Run();
}

if (Wanted("policies"))
{
    held &= PolicyEvaluation.Run();
}

if (Wanted("limits"))
{
    held &= Limiting.Run();
}

if (Wanted("14"))
{
    held &= await FlatCost.RunAsync(requests);
}

Report.Summary();
return held ? 0 : 1;
