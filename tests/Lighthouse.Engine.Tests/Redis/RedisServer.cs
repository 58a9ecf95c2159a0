using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>A real redis-server on a free port of the loopback, without persistence, in a folder of its own.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lighthouse-redis-");
    private readonly string[] _arguments;
    private string[]? _launch;
    private Process? _process;

    private RedisServer(string[] arguments) => _arguments = arguments;

    public int Port { get; private set; }
    public string EndPoint => $"127.0.0.1:{Port}";

    public static Task<RedisServer> StartAsync(params string[] arguments) => StartOnAsync(FreePort(), arguments);

    public static async Task<RedisServer> StartOnAsync(int port, params string[] arguments)
    {
        var server = new RedisServer(arguments) { Port = port };
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>One sentinel that watches one master and decides alone.</summary>
    public static async Task<RedisServer> StartSentinelAsync(string name, int master)
    {
        var server = new RedisServer([]) { Port = FreePort() };
        var file = Path.Combine(server._directory.FullName, "sentinel.conf");
        await File.WriteAllTextAsync(file, $"""
            port {server.Port}
            bind 127.0.0.1
            sentinel monitor {name} 127.0.0.1 {master} 1
            sentinel down-after-milliseconds {name} 1000
            sentinel failover-timeout {name} 5000
            """);
        server._launch = [file, "--sentinel"];
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A port that is free now; also one whose cluster bus port, 10,000 higher, exists.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (port < 55_000)
            {
                return port;
            }
        }
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server",
            _launch ?? ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory.FullName, "--save", "", "--appendonly", "no", .. _arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(async () => await CliAsync("PING") is { } answer && (answer.Contains("PONG", StringComparison.Ordinal) || answer.Contains("NOAUTH", StringComparison.Ordinal)), $"redis-server on {Port} answers");
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public void Hang() => Signal("-STOP");

    public void Continue() => Signal("-CONT");

    public async Task<string> CliAsync(params string[] command)
    {
        using var cli = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{Port}", .. command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            Continue();
            await KillAsync();
        }

        _process?.Dispose();
        _directory.Delete(recursive: true);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [name, $"{_process!.Id}"]);
        kill.WaitForExit();
    }
}

/// <summary>Tests with real servers and real time do not share the processors with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealRedis
{
    public const string Name = "real redis";
}
