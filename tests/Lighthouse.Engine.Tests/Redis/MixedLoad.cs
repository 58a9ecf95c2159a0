using System.Collections.Concurrent;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>Callers that keep asking, some for what was asked before and some for new things, and know what each answer has to be.</summary>
internal sealed class MixedLoad(Node node)
{
    private const int Callers = 8;

    private readonly ConcurrentBag<double> _healthy = [];
    private readonly ConcurrentBag<double> _troubled = [];
    private readonly ConcurrentBag<string> _wrong = [];
    private ConcurrentBag<double> _milliseconds = [];
    private int _asked;

    /// <summary>The yardstick: how long answers take on this machine while all is well.</summary>
    public async Task HealthyAsync()
    {
        _milliseconds = _healthy;
        await AskDuringAsync(static () => Task.CompletedTask, TimeSpan.FromSeconds(1));
    }

    /// <summary>Asks while the action runs, and for so long after it.</summary>
    public async Task DuringAsync(Func<Task> action, TimeSpan after)
    {
        _milliseconds = _troubled;
        await AskDuringAsync(action, after);
    }

    private async Task AskDuringAsync(Func<Task> action, TimeSpan after)
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => AskUntilAsync(stop.Token))).ToArray();
        await action();
        await Task.Delay(after);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
    }

    /// <summary>No wrong answer; P95 below 100 ms, or three times the yardstick where the machine itself is slower than that: a busy machine alone costs one in a hundred that much.</summary>
    public void Check()
    {
        _wrong.ShouldBeEmpty();
        _troubled.Count.ShouldBeGreaterThan(100);
        P95(_troubled).ShouldBeLessThan(Math.Max(100, 3 * P95(_healthy)), $"healthy P95 {P95(_healthy):F1} ms");
    }

    private static double P95(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted[(int)(sorted.Length * 0.95)];
    }

    private async Task AskUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _asked);
            var (command, expected) = (number % 4) switch
            {
                0 => ("rm -rf /", Verdict.Deny),
                1 => ("cat notes.txt", Verdict.Allow),
                2 => ($"cat file{number}.txt", Verdict.Allow),
                _ => ($"cat shared{number % 50}.txt", Verdict.Allow),
            };
            var started = TimeProvider.System.GetTimestamp();
            var decision = await node.DecideAsync(command, CancellationToken.None);
            _milliseconds.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            if (decision.Verdict != expected)
            {
                _wrong.Add($"{command}: {decision.Verdict} by {decision.Tier}, {decision.Reason}");
            }

            await Task.Delay(1, CancellationToken.None);
        }
    }
}
