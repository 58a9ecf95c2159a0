using Lighthouse.Client;
using Lighthouse.Contracts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Features.Demo;

/// <summary>Runs the virtual agents while the host runs. They connect from outside, to the address that the server listens on, with keys of their own.</summary>
internal sealed class DemoTraffic(
    DemoKeys keys, IServer server, IHostApplicationLifetime lifetime, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoTraffic> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await keys.RevokeAllAsync(stoppingToken);
            if (options.Value.Enabled)
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.DemoStops();
        }
        catch (Exception exception) when (exception is LighthouseException or HttpRequestException)
        {
            // A demo that cannot run must not take the tower down with it.
            log.DemoEnded(exception);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await keys.RevokeAllAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is LighthouseException or OperationCanceledException)
        {
            log.DemoKeysLeft(exception);
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var address = OwnAddress();
        if (address is null)
        {
            log.DemoHasNoAddress();
            return;
        }

        log.DemoTraffic(options.Value.Agents);
        await Task.WhenAll(Enumerable.Range(0, options.Value.Agents).Select(number => LiveAsync(address, number, stopping)));
    }

    private async Task LiveAsync(Uri address, int number, CancellationToken stopping)
    {
        var script = DemoScript.All[number % DemoScript.All.Count];
        var key = await keys.CreateAsync($"{script.Name}-{number / DemoScript.All.Count + 1}", script.Workspace, stopping);
        await using var connection = new AgentConnection(address, key.Secret);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        connection.Closed += _ => ended.Cancel();
        try
        {
            await new DemoAgent(connection, script, options.Value.MeanPauseSeconds, time, log).RunAsync(ended.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            log.DemoAgentEnded(key.KeyId);
        }
    }

    private async Task StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stopping);
    }

    /// <summary>Where this server really listens; a wildcard is reached over loopback.</summary>
    private Uri? OwnAddress()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses
            .Select(static address => address.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//[::1]", StringComparison.Ordinal))
            .Select(static address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null)
            .FirstOrDefault(static uri => uri?.Scheme == Uri.UriSchemeHttp);
    }
}
