using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>A redis-server of this run's own, on a free port of the loopback.</summary>
internal sealed class LocalRedis : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lighthouse-bench-redis-");
    private readonly Process _process;

    private LocalRedis(int port)
    {
        EndPoint = $"127.0.0.1:{port}";
        _process = Process.Start(new ProcessStartInfo("redis-server",
            ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", _directory.FullName, "--save", "", "--appendonly", "no"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        _process.BeginOutputReadLine();
    }

    public string EndPoint { get; }

    public static async Task<(LocalRedis Server, ConnectionMultiplexer Connection)> StartAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var server = new LocalRedis(port);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return (server, await ConnectionMultiplexer.ConnectAsync(server.EndPoint));
            }
            catch (RedisConnectionException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
