using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.Telemetry.Export;

/// <summary>
/// The process itself: what .NET, Kestrel and SignalR measure anyway, under the names that those figures have everywhere, so that ready-made
/// dashboards find them. Listens from the start, because open connections are told as comings and goings.
/// </summary>
internal sealed class ProcessMetrics : IGaugeSource, IHostedService, IDisposable
{
    private static readonly FrozenDictionary<string, Shown> Instruments = new Dictionary<string, Shown>(StringComparer.Ordinal)
    {
        ["dotnet.gc.collections"] = new("dotnet_gc_collections_total", "Garbage collections since start.", MetricKind.Counter, "gc.heap.generation"),
        ["dotnet.gc.heap.total_allocated"] = new("dotnet_gc_heap_total_allocated_bytes_total", "Bytes allocated since start.", MetricKind.Counter),
        ["dotnet.gc.pause.time"] = new("dotnet_gc_pause_time_seconds_total", "Time for which garbage collections stopped the process.", MetricKind.Counter),
        ["dotnet.gc.last_collection.heap.size"] = new("dotnet_gc_last_collection_heap_size_bytes", "Heap after the last collection.", MetricKind.Gauge, "gc.heap.generation"),
        ["dotnet.gc.last_collection.memory.committed_size"] = new("dotnet_gc_last_collection_memory_committed_size_bytes", "Memory committed to the heap.", MetricKind.Gauge),
        ["dotnet.thread_pool.thread.count"] = new("dotnet_thread_pool_thread_count", "Threads of the pool.", MetricKind.Gauge),
        ["dotnet.thread_pool.queue.length"] = new("dotnet_thread_pool_queue_length", "Work that waits for a thread of the pool.", MetricKind.Gauge),
        ["dotnet.thread_pool.work_item.count"] = new("dotnet_thread_pool_work_item_count_total", "Work that the pool has done.", MetricKind.Counter),
        ["dotnet.monitor.lock_contentions"] = new("dotnet_monitor_lock_contentions_total", "Times that a lock was waited for.", MetricKind.Counter),
        ["dotnet.exceptions"] = new("dotnet_exceptions_total", "Exceptions thrown since start.", MetricKind.Counter),
        ["kestrel.active_connections"] = new("kestrel_active_connections", "Open connections.", MetricKind.Gauge),
        ["kestrel.queued_connections"] = new("kestrel_queued_connections", "Connections that wait to be served.", MetricKind.Gauge),
        ["signalr.server.active_connections"] = new("signalr_server_active_connections", "Open connections of agents, operators and pages.", MetricKind.Gauge),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Lock _gate = new();
    private readonly Dictionary<(Shown Shown, string Labels), double> _values = [];
    private readonly MeterListener _listener = new();
    private readonly double _startedAt;

    public ProcessMetrics()
    {
        using var process = Process.GetCurrentProcess();
        _startedAt = new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds() / 1000.0;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (Instruments.TryGetValue(instrument.Name, out var shown))
            {
                listener.EnableMeasurementEvents(instrument, shown);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, shown) => Take(instrument, value, tags, (Shown)shown!));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, shown) => Take(instrument, value, tags, (Shown)shown!));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, shown) => Take(instrument, value, tags, (Shown)shown!));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IEnumerable<Gauge> Read()
    {
        _listener.RecordObservableInstruments();
        yield return new("process_cpu_seconds_total", "Processor time of this process.", Environment.CpuUsage.TotalTime.TotalSeconds, Kind: MetricKind.Counter);
        yield return new("process_resident_memory_bytes", "Memory of this process that is in use.", Environment.WorkingSet);
        yield return new("process_start_time_seconds", "When this process began, as Unix time.", _startedAt);
        if (OperatingSystem.IsLinux())
        {
            yield return new("process_open_fds", "Open file descriptors.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        }

        KeyValuePair<(Shown Shown, string Labels), double>[] values;
        lock (_gate)
        {
            values = [.. _values];
        }

        foreach (var ((shown, labels), value) in values.OrderBy(static one => one.Key.Shown.Name, StringComparer.Ordinal).ThenBy(static one => one.Key.Labels, StringComparer.Ordinal))
        {
            yield return new(shown.Name, shown.Help, value, labels, shown.Kind);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, Shown shown)
    {
        var key = (shown, Labels(shown, tags));
        lock (_gate)
        {
            // What is observed is the state; what is told as it happens is a difference.
            _values[key] = instrument.IsObservable ? value : _values.GetValueOrDefault(key) + value;
        }
    }

    // One tag of a few known values at most: addresses, ports and types of exceptions are summed up.
    private static string Labels(Shown shown, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == shown.Tag && value is string text)
            {
                return $"{name.Replace('.', '_')}=\"{text}\"";
            }
        }

        return "";
    }

    private sealed record Shown(string Name, string Help, MetricKind Kind, string? Tag = null);
}
