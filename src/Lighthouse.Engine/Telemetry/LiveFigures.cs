using Lighthouse.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Telemetry.Export;
using Lighthouse.Engine.Telemetry.Frames;
using Lighthouse.Engine.Telemetry.Recording;

namespace Lighthouse.Engine.Telemetry;

/// <summary>All series: recorders write into their cells without a lock; once a second the cells become a frame and the figures a new snapshot.</summary>
internal sealed class LiveFigures : ITelemetry, IFigures
{
    public static readonly string[] TierNames = ["memory", "redis", "policy", "pattern", "expert"];

    private readonly Dictionary<string, Measured<IComponentRecorder, SeriesPoint>> _components = [];
    private readonly Dictionary<string, Measured<ITierRecorder, TierPoint>> _tiers = [];
    private readonly DecisionRecorder _decisions;
    private readonly SeriesHistory _decided;
    private readonly IChangeSignal _changes;
    private readonly FrameClock _clock;
    private readonly Lock _gate = new();
    private readonly long _firstSecond;
    private long _lastSecond;
    private FiguresSnapshot _snapshot;

    public LiveFigures(TimeProvider time, IChangeSignal changes)
    {
        _changes = changes;
        _clock = new FrameClock(time);
        var decisions = new StripedCells(DecisionRecorder.AllOutcomes * DurationBuckets.Count);
        _decisions = new DecisionRecorder(decisions, time.TimestampFrequency);
        _components[ComponentNames.ValidationEngine] = new(_decisions, decisions, DecisionRecorder.AllOutcomes, PointReader.Component);
        foreach (var name in ComponentNames.All.Except(_components.Keys))
        {
            var cells = new StripedCells(ComponentRecorder.Outcomes * DurationBuckets.Count);
            _components[name] = new(new ComponentRecorder(cells, time.TimestampFrequency), cells, ComponentRecorder.Outcomes, PointReader.Component);
        }

        _decided = _components[ComponentNames.ValidationEngine].History;

        foreach (var name in TierNames)
        {
            var cells = new StripedCells(TierRecorder.Outcomes * DurationBuckets.Count);
            _tiers[name] = new(new TierRecorder(cells, time.TimestampFrequency), cells, TierRecorder.Outcomes, PointReader.Tier);
        }

        _lastSecond = _clock.EndedSecond;
        _firstSecond = _lastSecond + 1;
        _snapshot = Snapshot_NeedsLock();
    }

    public DateTimeOffset AsOf => Current.AsOf;

    public TimeSpan ToNextFrame => _clock.ToNextEnd;

    public FiguresSnapshot Current => Volatile.Read(ref _snapshot);

    public IComponentRecorder Component(string component) => Find(_components, component, "component").Recorder;

    public ITierRecorder Tier(string tier) => Find(_tiers, tier, "tier").Recorder;

    public void Decided(long elapsed, Verdict verdict) => _decisions.Record(elapsed, verdict);

    public IReadOnlyList<ComponentFigures> Components() => Current.Components;

    public IReadOnlyList<TierFigures> Tiers() => Current.Tiers;

    public VerdictMix Verdicts(string window) => Current.Verdicts[Windows.IndexOf(window)];

    public IReadOnlyList<SeriesPoint> Series(string component, TimeSpan span, TimeSpan step) => Read(Find(_components, component, "component").Points, span, step);

    public IReadOnlyList<TierPoint> TierSeries(string tier, TimeSpan span, TimeSpan step) => Read(Find(_tiers, tier, "tier").Points, span, step);

    /// <summary>Closes the second that has ended, unless that was done.</summary>
    public void CloseFrame()
    {
        lock (_gate)
        {
            var ended = _clock.EndedSecond;
            if (ended <= _lastSecond)
            {
                return;
            }

            foreach (var history in Histories())
            {
                history.Close(ended);
            }

            _lastSecond = ended;
            Volatile.Write(ref _snapshot, Snapshot_NeedsLock());
        }

        _changes.Publish(ChangeTopic.Figures);
    }

    /// <summary>Reads the sums since start and the snapshot of the same second. The reader must be quick: it holds up the next frame.</summary>
    public void ReadTotals(ITotalsReader reader)
    {
        lock (_gate)
        {
            reader.Begin(Current);
            foreach (var (name, series) in _components)
            {
                reader.Component(name, series.History.Ever);
            }

            foreach (var (name, series) in _tiers)
            {
                reader.Tier(name, series.History.Ever);
            }

            reader.Verdicts(_decided.Ever.Outcomes[DecisionRecorder.FirstVerdict..]);
        }
    }

    private IReadOnlyList<TPoint> Read<TPoint>(SeriesPoints<TPoint> points, TimeSpan span, TimeSpan step)
    {
        var stepSeconds = (int)Math.Clamp(step.TotalSeconds, 1, SeriesHistory.KeptSeconds);
        var spanSeconds = (int)Math.Clamp(span.TotalSeconds, stepSeconds, SeriesHistory.KeptSeconds);
        lock (_gate)
        {
            return points.Read(spanSeconds, stepSeconds, _lastSecond + 1);
        }
    }

    private static TSeries Find<TSeries>(Dictionary<string, TSeries> all, string name, string kind) =>
        all.TryGetValue(name, out var found)
            ? found
            : throw new ArgumentException($"There is no {kind} '{name}': {string.Join(", ", all.Keys)}.", nameof(name));

    private IEnumerable<SeriesHistory> Histories() =>
        _components.Values.Select(static one => one.History).Concat(_tiers.Values.Select(static one => one.History));

    private FiguresSnapshot Snapshot_NeedsLock()
    {
        var observed = _lastSecond - _firstSecond + 1;
        return new FiguresSnapshot(
            _clock.EndOf(_lastSecond),
            [.. _components.Select(one => new ComponentFigures(one.Key, WindowFiguresReader.Component(one.Value.History, observed)))],
            [.. _tiers.Select(one => new TierFigures(one.Key, WindowFiguresReader.Tier(one.Value.History, observed)))],
            [.. Enumerable.Range(0, Windows.All.Length).Select(i => Mix(_decided.Window(i).Outcomes[DecisionRecorder.FirstVerdict..]))]);
    }

    private static VerdictMix Mix(ReadOnlySpan<long> counts) =>
        new(counts[(int)Verdict.Allow], counts[(int)Lighthouse.Contracts.Verdict.Escalate], counts[(int)Lighthouse.Contracts.Verdict.Deny]);

    private sealed class Measured<TRecorder, TPoint>(TRecorder recorder, StripedCells cells, int outcomes, Func<DateTimeOffset, Merged, TPoint> read)
    {
        public TRecorder Recorder { get; } = recorder;
        public SeriesHistory History { get; } = new(cells, DurationBuckets.Count, outcomes);
        public SeriesPoints<TPoint> Points => field ??= new SeriesPoints<TPoint>(History, read);
    }
}
