using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lighthouse.Client;

namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>A real server process with a data directory of its own, on a free port of this machine.</summary>
internal sealed class Tower : IAsyncDisposable
{
    public const string AdminPassword = "End-to-end-Admin-1!";
    public const string AgentKey = "lh_agent_end_to_end_0123456789abcdef0123456789";
    public const string ExpertKey = "lh_expert_end_to_end_0123456789abcdef0123456789";
    public const string OperatorKey = "lh_operator_end_to_end_0123456789abcdef0123456789";

    private readonly string _program;
    private readonly string _workingDirectory;
    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _log = new();
    private Process? _process;

    private Tower(string program, string workingDirectory, Dictionary<string, string> settings)
    {
        _program = program;
        _workingDirectory = workingDirectory;
        _settings = settings;
    }

    public string Data { get; } = Directory.CreateTempSubdirectory("lighthouse-e2e-").FullName;
    public Uri Url { get; private set; } = null!;
    public Process Process => _process ?? throw new InvalidOperationException("The tower is not running.");
    public LighthouseClient Agent => new(Url, AgentKey);
    public LighthouseClient Expert => new(Url, ExpertKey);
    public LighthouseClient Operator => new(Url, OperatorKey);

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static Task<Tower> StartAsync(params (string Key, string Value)[] settings) => StartAsync(Built.Web, Built.Root, settings);

    /// <param name="program">A Lighthouse.Web.dll, built or published.</param>
    public static async Task<Tower> StartAsync(string program, string workingDirectory, params (string Key, string Value)[] settings)
    {
        var tower = new Tower(program, workingDirectory, settings.ToDictionary(static one => one.Key, static one => one.Value));
        try
        {
            await tower.StartAgainAsync();
            return tower;
        }
        catch
        {
            await tower.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts on the same data, at the same address once it has one.</summary>
    public async Task StartAgainAsync()
    {
        Url ??= new Uri($"http://127.0.0.1:{FreePort()}");
        // A write past a file size limit, which stands for a full disk, is then an error of that write and does not end the process.
        var start = new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec dotnet \"$0\"", _program])
        {
            WorkingDirectory = _workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_URLS"] = Url.AbsoluteUri.TrimEnd('/');
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Lighthouse__DataDirectory"] = Data;
        start.Environment["Lighthouse__Bootstrap__AdminPassword"] = AdminPassword;
        start.Environment["Lighthouse__Bootstrap__AgentKey"] = AgentKey;
        start.Environment["Lighthouse__Bootstrap__ExpertKey"] = ExpertKey;
        start.Environment["Lighthouse__Bootstrap__OperatorKey"] = OperatorKey;
        start.Environment["Lighthouse__RateLimiting__PerAgentPerMinute"] = "10000000";
        start.Environment["Lighthouse__RateLimiting__PerOperatorPerMinute"] = "10000000";
        start.Environment["Lighthouse__RateLimiting__PerExpertPerMinute"] = "10000000";
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync(_process);
    }

    /// <summary>kill -9, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            Directory.CreateDirectory(Built.Artifacts);
            await File.WriteAllTextAsync(Path.Combine(Built.Artifacts, $"tower-{TestContext.Current.Test?.UniqueID[..12]}.log"), Log);
        }

        Directory.Delete(Data, recursive: true);
    }

    private async Task ReadyAsync(Process process)
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The server ended while starting (exit code {process.ExitCode}):\n{Log}");
            }

            try
            {
                if ((await http.GetAsync(new Uri("healthz/ready", UriKind.Relative), limit.Token)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException late)
            {
                throw new InvalidOperationException("The server was not ready after 60 s:\n" + Log, late);
            }

            await Task.Delay(50);
        }
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
