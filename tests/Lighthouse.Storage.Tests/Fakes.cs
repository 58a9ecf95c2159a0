using System.Collections.Concurrent;
using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Storage.Tests;

internal sealed class FakeTelemetry : ITelemetry, IComponentRecorder
{
    private long _count;
    private long _errors;

    public long Count => Interlocked.Read(ref _count);
    public long Errors => Interlocked.Read(ref _errors);

    public IComponentRecorder Component(string component)
    {
        component.ShouldBe(ComponentNames.EventStore);
        return this;
    }

    public void Record(long elapsed, bool error = false)
    {
        elapsed.ShouldBeGreaterThanOrEqualTo(0);
        Interlocked.Increment(ref _count);
        if (error)
        {
            Interlocked.Increment(ref _errors);
        }
    }

    public ITierRecorder Tier(string tier) => throw new NotSupportedException();

    public void Decided(long elapsed, Verdict verdict) => throw new NotSupportedException();
}

internal sealed class CapturedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{eventId.Id} {formatter(state, exception)}");
        Awaited(eventId.Id.ToString()).TrySetResult();
    }

    public Task WaitForAsync(string eventId) => Awaited(eventId).Task.WaitAsync(TimeSpan.FromSeconds(30));

    private TaskCompletionSource Awaited(string eventId) =>
        _awaited.GetOrAdd(eventId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Dispose()
    {
    }
}
