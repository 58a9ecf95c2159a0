using System.Diagnostics;
using System.Globalization;

namespace Lighthouse.Storage.Tests.EventStore;

/// <summary>The process that gets killed: 200 writers, and one printed line for every acknowledged append.</summary>
internal static class CrashTarget
{
    public const string Argument = "--append-until-killed";
    private const int Writers = 200;

    public static async Task<int> RunAsync(string directory)
    {
        var tower = new Tower(directory).Start();
        var run = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var padding = new string('p', 900);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; ; i++)
            {
                var stream = $"{run}-{writer}-{i}";
                var result = await tower.AppendAsync(Tower.Event(stream, 0, text: padding), Tower.Event($"{run}-{writer}", i));
                // Console.Out is synchronised and flushes every line: what is printed survives the kill.
                Console.Out.WriteLine($"{result.Position} {stream}");
            }
        }));
        return 0;
    }

    /// <summary>Starts it, kills it after that many acknowledgements, and returns them: position by stream.</summary>
    public static async Task<Dictionary<string, long>> KillAfterAsync(string directory, int acknowledgements)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CrashTarget).Assembly.Location, Argument, directory]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var acknowledged = new Dictionary<string, long>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is not [var position, var stream] || !stream.StartsWith($"{process.Id}-", StringComparison.Ordinal))
            {
                continue;
            }

            // The line that the kill cut off says too little to be held against the store.
            if (stream.Split('-').Length == 3 && acknowledged.Count < acknowledgements)
            {
                acknowledged.Add(stream, long.Parse(position));
                if (acknowledged.Count == acknowledgements)
                {
                    process.Kill();
                }
            }
        }

        await process.WaitForExitAsync();
        acknowledged.Count.ShouldBe(acknowledgements, "a process that never ran proves nothing");
        return acknowledged;
    }
}
