using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Lighthouse.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Web.Tests.Client;

/// <summary>A server that speaks the hub's protocol and does what a test tells it to.</summary>
internal sealed class HubDouble : IAsyncDisposable
{
    public const string Key = "lh_agent_double";

    private readonly Script _script = new();
    private WebApplication? _app;

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Ids that were subscribed to, in order.</summary>
    public ChannelReader<string> Subscriptions => _script.Subscriptions.Reader;

    public Func<DecisionRequest, Decision> Decide
    {
        set => _script.Decide = value;
    }

    public static async Task<HubDouble> StartAsync()
    {
        var server = new HubDouble();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Url.AbsoluteUri.TrimEnd('/'));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_script);
        builder.Services.AddSignalR().AddJsonProtocol(static options => LighthouseJson.Apply(options.PayloadSerializerOptions));
        _app = builder.Build();
        _app.Use(static async (context, next) =>
        {
            if (context.Request.Headers.Authorization != "Bearer " + Key)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            await next(context);
        });
        _app.MapHub<DoubleHub>(HubRoutes.Agents);
        await _app.StartAsync();
    }

    public Task TellAsync(Decision decision) =>
        _app!.Services.GetRequiredService<IHubContext<DoubleHub, IAgentClient>>().Clients.All.DecisionMade(decision);

    /// <summary>Ends every connection, as the revocation of a key does.</summary>
    public void Abort() => _script.Abort?.Invoke();

    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal sealed class Script
    {
        public Channel<string> Subscriptions { get; } = Channel.CreateBounded<string>(100);
        public Func<DecisionRequest, Decision>? Decide { get; set; }
        public Action? Abort { get; set; }
    }

    internal sealed class DoubleHub(Script script) : Hub<IAgentClient>, IAgentHub
    {
        public override Task OnConnectedAsync()
        {
            script.Abort = Context.Abort;
            return base.OnConnectedAsync();
        }

        public Task<Decision> Decide(DecisionRequest request)
        {
            try
            {
                return Task.FromResult(script.Decide!(request));
            }
            catch (LighthouseException refusal)
            {
                throw new HubException(HubErrors.Format(refusal), refusal);
            }
        }

        public Task<IReadOnlyList<Decision>> DecideMany(IReadOnlyList<DecisionRequest> requests) =>
            Task.FromResult<IReadOnlyList<Decision>>([.. requests.Select(script.Decide!)]);

        public async Task WaitForDecision(string escalationId) => await script.Subscriptions.Writer.WriteAsync(escalationId);

        public Task ReportOutcome(string decisionId, int exitCode, double durationMs) => Task.CompletedTask;

        public Task Heartbeat() => Task.CompletedTask;
    }
}
