using System.Collections.Concurrent;
using System.Diagnostics;
using Lighthouse.Contracts;

namespace Lighthouse.Cli.Load;

/// <summary>What became of each request. Latencies are kept whole and sorted once, so percentiles are exact.</summary>
internal sealed class LoadTally(int requests)
{
    private readonly long[] _elapsed = new long[requests];
    private readonly ConcurrentBag<string> _ids = [];
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _wrong = new(StringComparer.Ordinal);
    private int _sent, _answered, _errors;

    public int Sent => _sent;
    public int Pending => _sent - _answered - _errors;
    public IReadOnlyCollection<string> Ids => _ids;
    public IReadOnlyDictionary<string, int> Refusals => _refusals;
    public IReadOnlyDictionary<string, int> Wrong => _wrong;

    public void Send() => Interlocked.Increment(ref _sent);

    public void Answer(Decision decision, DecisionRequest request, IReadOnlyList<Verdict> accept, long elapsed)
    {
        if (!accept.Contains(decision.Verdict))
        {
            _wrong.AddOrUpdate($"{decision.Verdict}: {request.Input.GetProperty("command").GetString()}", 1, static (_, count) => count + 1);
        }

        _ids.Add(decision.Id);
        _elapsed[Interlocked.Increment(ref _answered) - 1] = elapsed;
    }

    public void Refuse(string code)
    {
        _refusals.AddOrUpdate(code, 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _errors);
    }

    /// <param name="unrecorded">Acknowledged decisions that the log does not have.</param>
    public LoadReport Report(int unrecorded)
    {
        var sorted = _elapsed.AsSpan(0, _answered).ToArray();
        Array.Sort(sorted);
        return new LoadReport(_sent, _answered, _errors, _wrong.Values.Sum(), Pending + unrecorded, Percentile(sorted, 0.50), Percentile(sorted, 0.99));
    }

    private static double? Percentile(long[] sorted, double share) =>
        sorted.Length == 0 ? null : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] * 1000.0 / Stopwatch.Frequency, 3);
}
