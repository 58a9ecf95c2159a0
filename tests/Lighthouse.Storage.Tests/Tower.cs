using System.Text;
using Lighthouse.Engine.EventStore;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Storage.Tests;

/// <summary>A data directory and the stores that are opened on it, one after the other.</summary>
internal sealed class Tower(string directory, bool ownsDirectory = false) : IAsyncDisposable
{
    private ServiceProvider? _services;

    public Tower()
        : this(System.IO.Directory.CreateTempSubdirectory("lighthouse-store-").FullName, ownsDirectory: true)
    {
    }

    public string Directory { get; } = directory;
    public string Database => Path.Combine(Directory, "lighthouse.db");
    public string Key => Path.Combine(Directory, "keys", "log.key");
    public FakeTelemetry Telemetry { get; } = new();
    public CapturedLog Log { get; } = new();
    public IEventStore Store => Services.GetRequiredService<IEventStore>();
    public IServiceProvider Services => _services ?? throw new InvalidOperationException("Start first.");

    public Tower Start(Action<EventStoreOptions>? configure = null, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<ITelemetry>(Telemetry);
        services.AddSingleton<IChangeSignal, ChangeSignal>();
        services.Configure<LighthouseOptions>(o => o.DataDirectory = Directory);
        services.Configure<EventStoreOptions>(o =>
        {
            o.VerifyAtStart = false;
            o.LockTimeout = TimeSpan.FromMilliseconds(50);
            configure?.Invoke(o);
        });
        more?.Invoke(services);
        services.AddEventStore();
        _services = services.BuildServiceProvider();
        _ = Store.Head;
        return this;
    }

    public async Task StopAsync()
    {
        if (_services is { } services)
        {
            _services = null;
            await services.DisposeAsync();
        }
    }

    public async Task RestartAsync(Action<EventStoreOptions>? configure = null, Action<IServiceCollection>? more = null)
    {
        await StopAsync();
        Start(configure, more);
    }

    /// <summary>Changes the file as somebody with a database shell would, while Lighthouse is down.</summary>
    public void Tamper(params string[] statements)
    {
        using var connection = Open();
        foreach (var sql in statements.Prepend("DROP TRIGGER IF EXISTS events_no_update; DROP TRIGGER IF EXISTS events_no_delete"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    public long Number(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    public static NewEvent Event(string stream, long? expected = null, string type = "test.happened", string text = "x") =>
        new(stream, expected, type, "system:test", Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}"""));

    public async Task<AppendResult> AppendAsync(params NewEvent[] events) => await Store.AppendAsync(events, CancellationToken.None);

    public async Task FillAsync(int events, int streams = 3)
    {
        for (var i = 0; i < events; i++)
        {
            await AppendAsync(Event($"stream-{i % streams}", text: $"event {i}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var entry in System.IO.Directory.EnumerateDirectories(Directory))
        {
            System.IO.Directory.Delete(entry, recursive: true);
        }

        foreach (var file in System.IO.Directory.EnumerateFiles(Directory))
        {
            File.Delete(file);
        }

        if (ownsDirectory)
        {
            System.IO.Directory.Delete(Directory);
        }
    }
}
