using Lighthouse.Engine.Telemetry.Recording;

namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>
/// One measured thing over the last hour: frames of one second, ten seconds and a minute, the merged windows, and the sum since start.
/// Windows are kept by adding the frame that enters and subtracting the one that leaves, so an hour costs no more than ten seconds. Not thread-safe.
/// </summary>
internal sealed class SeriesHistory
{
    public const int KeptSeconds = 3_600;

    private readonly StripedCells _cells;
    private readonly int _buckets;
    private readonly int _outcomes;
    private readonly Merged[] _windows;
    private readonly FrameLevel[] _levels;
    private readonly long[] _frameBuckets;
    private readonly long[] _frameOutcomes;
    private uint[] _seen;
    private uint[] _now;
    private long _last;

    public SeriesHistory(StripedCells cells, int buckets, int outcomes)
    {
        _cells = cells;
        _buckets = buckets;
        _outcomes = outcomes;
        _seen = new uint[cells.Length];
        _now = new uint[cells.Length];
        _frameBuckets = new long[buckets];
        _frameOutcomes = new long[outcomes];
        _windows = [.. Windows.All.Select(_ => new Merged(buckets, outcomes))];
        // A minute more than an hour, so that an hour of whole steps is there whatever second it is.
        _levels = [.. new[] { 60, 10, 1 }.Select(seconds => new FrameLevel(seconds, ((KeptSeconds + 60) / seconds) + 1, buckets, outcomes))];
        Ever = new Merged(buckets, outcomes);
    }

    /// <summary>Everything since start.</summary>
    public Merged Ever { get; }

    public Merged Window(int index) => _windows[index];

    /// <summary>Closes the second: what was counted since the last call belongs to it, and skipped seconds stay empty.</summary>
    public void Close(long second)
    {
        var frame = Take();
        for (var i = 0; i < _windows.Length; i++)
        {
            Leave(_windows[i], Windows.All[i].Seconds, second);
            _windows[i].Add(frame);
        }

        Ever.Add(frame);
        foreach (var level in _levels)
        {
            level.Put(second, frame);
        }

        _last = second;
    }

    /// <summary>Sums the frames of seconds [from, from + seconds), from the coarsest frames that fit.</summary>
    public void AddTo(Merged sum, long from, int seconds)
    {
        var level = Array.Find(_levels, one => seconds % one.Seconds == 0)!;
        for (var number = from / level.Seconds; number < (from + seconds) / level.Seconds; number++)
        {
            sum.Add(level.Ring[number]);
        }
    }

    public Merged NewSum() => new(_buckets, _outcomes);

    private void Leave(Merged window, int seconds, long second)
    {
        if (_last == 0)
        {
            return;
        }

        // Nothing came in after the last closed second, however long ago that is.
        for (var old = _last - seconds + 1; old <= Math.Min(second - seconds, _last); old++)
        {
            window.Add(_levels[^1].Ring[old], -1);
        }
    }

    private Frame? Take()
    {
        _cells.Sum(_now);
        if (_now.AsSpan().SequenceEqual(_seen))
        {
            return null;
        }

        Array.Clear(_frameBuckets);
        for (var outcome = 0; outcome < _outcomes; outcome++)
        {
            _frameOutcomes[outcome] = TakeOutcome(outcome * _buckets);
        }

        (_seen, _now) = (_now, _seen);
        return Frame.From(_frameBuckets, _frameOutcomes);
    }
    private long TakeOutcome(int firstCell)
    {
        var now = _now.AsSpan(firstCell, _buckets);
        var seen = _seen.AsSpan(firstCell, _buckets);
        long total = 0;
        for (var bucket = now.CommonPrefixLength(seen); bucket < _buckets; bucket++)
        {
            var counted = unchecked(now[bucket] - seen[bucket]);
            _frameBuckets[bucket] += counted;
            total += counted;
        }

        return total;
    }
}
