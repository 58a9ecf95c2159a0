using System.Collections.Concurrent;
using System.Globalization;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>
/// Requests that arrive at a fixed rate whether or not earlier ones were answered: for what was asked before, for what only Redis knows, and for new
/// things. Each knows what its answer has to be; its time counts from when it was due, so that a stall delays all that were due meanwhile.
/// </summary>
internal sealed class Storm(Node node)
{
    /// <summary>Enough that the 99th percentile rests on thirty requests.</summary>
    public const int Least = 3_000;
    private const int PerSecond = 500;
    private const int InRedis = 2_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(4);

    private readonly ConcurrentBag<string> _wrong = [];
    private readonly ConcurrentBag<string> _decided = [];
    private readonly MachineClock _machine = new();
    private ConcurrentBag<double> _milliseconds = [];
    private double _healthyP99;
    private long _position = -1;
    private int _asked;

    /// <summary>Another node puts answers into Redis that this one will look for there, each once.</summary>
    public static async Task PrepareAsync(Node writer)
    {
        foreach (var numbers in Enumerable.Range(0, InRedis).Chunk(500))
        {
            await writer.Host.Engine.DecideManyAsync(
                writer.Agent, [.. numbers.Select(static number => EngineHost.Bash(KnownToRedis(number)))], new DecideOptions(TimeProvider.System.GetTimestamp()), CancellationToken.None);
        }

        await writer.WrittenAsync(InRedis);
    }

    /// <summary>The same while all is well: what is new to the code is compiled, what is new to the caches is learnt.</summary>
    public async Task HealthyAsync()
    {
        _position = node.Host.Store.Head;
        await AskDuringAsync(static () => Task.CompletedTask, TimeSpan.FromSeconds(1), least: 0);
        _milliseconds = [];
        await AskDuringAsync(static () => Task.CompletedTask, TimeSpan.FromSeconds(1.5), least: 0);
        _healthyP99 = At(_milliseconds, 0.99);
        _milliseconds = [];
        node.Tier("redis").Hits.ShouldBeGreaterThan(100, "the storm reads from Redis");
    }

    /// <summary>Asks while the action runs, for so long after it, and until enough was asked to judge by.</summary>
    public async Task DuringAsync(Func<Task> action, TimeSpan after, int least = Least)
    {
        _machine.Start();
        await AskDuringAsync(action, after, least);
        _machine.Stop();
    }

    /// <summary>
    /// No wrong answer; P99 below 100 ms, and three times the healthy one where a machine is so busy that this is more, beside what it took from a
    /// thread that only wanted to wake up; work that the pool was given began at once; and each answer is one recorded decision, no more and no less.
    /// </summary>
    public async Task CheckAsync()
    {
        _wrong.ShouldBeEmpty();
        _milliseconds.Count.ShouldBeGreaterThanOrEqualTo(Least);
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{_milliseconds.Count} requests: P50 {At(_milliseconds, 0.5):F1} ms, P95 {At(_milliseconds, 0.95):F1} ms, P99 {At(_milliseconds, 0.99):F1} ms, most {At(_milliseconds, 1):F1} ms; healthy P99 {_healthyP99:F1} ms; {_machine}");
        TestContext.Current.SendDiagnosticMessage(figures);
        At(_milliseconds, 0.99).ShouldBeLessThan(Math.Max(100, 3 * _healthyP99) + _machine.LostAtP99, figures);
        _machine.PoolAtP99.ShouldBeLessThan(50 + _machine.LostAtP99, figures);
        await CheckRecordedAsync();
    }

    private async Task CheckRecordedAsync()
    {
        var recorded = new List<string>();
        var position = _position;
        while (await node.Host.Store.ReadAsync(new EventQuery(position, 10_000, Type: EventTypes.DecisionRecorded), CancellationToken.None) is { Count: > 0 } page)
        {
            recorded.AddRange(page.Select(static stored => stored.Stream["decision-".Length..]));
            position = page[^1].Position;
        }

        _decided.Count.ShouldBe(_asked, "every request was answered");
        recorded.Count.ShouldBe(_asked, "every request was recorded once");
        recorded.ToHashSet().SetEquals(_decided).ShouldBeTrue("what was answered is what was recorded");
    }

    private async Task AskDuringAsync(Func<Task> action, TimeSpan after, int least)
    {
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(() => AskUntilAsync(least, stop.Token));
        await action();
        await Task.Delay(after);
        await stop.CancelAsync();
        await asking;
    }

    private async Task AskUntilAsync(int least, CancellationToken stop)
    {
        var under = new List<Task>();
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Step);
        while (!stop.IsCancellationRequested || under.Count < least)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            for (var due = TimeProvider.System.GetElapsedTime(began).TotalSeconds * PerSecond; under.Count < due;)
            {
                var at = began + (long)((double)under.Count / PerSecond * TimeProvider.System.TimestampFrequency);
                under.Add(Task.Run(() => AskAsync(at), CancellationToken.None));
            }
        }

        await Task.WhenAll(under);
    }

    private async Task AskAsync(long due)
    {
        var number = Interlocked.Increment(ref _asked);
        var (command, expected) = (number % 4) switch
        {
            0 => ("rm -rf /", Verdict.Deny),
            1 => ("cat notes.txt", Verdict.Allow),
            2 => ($"cat file{number}.txt", Verdict.Allow),
            _ => (KnownToRedis(number / 4 % InRedis), Verdict.Allow),
        };
        var decision = await node.DecideAsync(command, CancellationToken.None);
        _milliseconds.Add(TimeProvider.System.GetElapsedTime(due).TotalMilliseconds);
        _decided.Add(decision.Id);
        if (decision.Verdict != expected)
        {
            _wrong.Add($"{command}: {decision.Verdict} by {decision.Tier}, {decision.Reason}");
        }
    }

    private static string KnownToRedis(int number) => $"cat there{number}.txt";

    private static double At(IEnumerable<double> milliseconds, double share)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    }

    /// <summary>A thread of its own that wakes every few milliseconds and gives the pool something to do: how late either is.</summary>
    private sealed class MachineClock
    {
        private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(5);

        private readonly ConcurrentBag<double> _lost = [];
        private readonly ConcurrentBag<double> _pool = [];
        private ManualResetEventSlim? _stop;
        private Thread? _thread;
        private int _threads;

        public double LostAtP99 => At(_lost, 0.99);

        public double PoolAtP99 => At(_pool, 0.99);

        public void Start()
        {
            _stop = new ManualResetEventSlim();
            _thread = new Thread(Run) { IsBackground = true, Name = "machine clock" };
            _thread.Start();
        }

        public void Stop()
        {
            _stop!.Set();
            _thread!.Join();
            _stop.Dispose();
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"the machine was late by {LostAtP99:F1} ms, the pool by {PoolAtP99:F1} ms (P99), at most {_threads} pool threads");

        private void Run()
        {
            var before = TimeProvider.System.GetTimestamp();
            while (!_stop!.Wait(Every))
            {
                _lost.Add(Math.Max(0, (TimeProvider.System.GetElapsedTime(before) - Every).TotalMilliseconds));
                var queued = TimeProvider.System.GetTimestamp();
                ThreadPool.UnsafeQueueUserWorkItem(at => _pool.Add(TimeProvider.System.GetElapsedTime(at).TotalMilliseconds), queued, preferLocal: false);
                _threads = Math.Max(_threads, ThreadPool.ThreadCount);
                before = TimeProvider.System.GetTimestamp();
            }
        }
    }
}
