using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Lighthouse.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Client;

/// <summary>
/// An agent's lasting connection to the hub: it decides, and waits for escalations, at the same time. It reconnects by itself and takes its
/// waits up again. Refusals are <see cref="LighthouseException"/> with the server's code; a call whose answer was lost with the connection
/// throws <see cref="IOException"/>: repeat it with the same <see cref="DecisionRequest.RequestId"/>.
/// </summary>
public sealed class AgentConnection : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly ConcurrentDictionary<TaskCompletionSource<Decision>, string> _waits = new();
    private volatile bool _disposed;
    private volatile bool _started;
    private volatile Exception? _end;

    /// <param name="server">Root address, for example <c>http://localhost:5080</c>.</param>
    /// <param name="key">An API key of role agent.</param>
    /// <param name="longestPause">The longest pause between two attempts to reconnect; default 10 s.</param>
    /// <param name="configure">Last word on the connection, for example another protocol.</param>
    public AgentConnection(Uri server, string key, TimeSpan? longestPause = null, Action<IHubConnectionBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentException.ThrowIfNullOrEmpty(key);
        var builder = new HubConnectionBuilder()
            .WithUrl(new Uri(Transport.Root(server), HubRoutes.Agents.TrimStart('/')), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult<string?>(key);
                if (server.IsLoopback)
                {
                    options.Proxy = new WebProxy(); // an empty one: straight to this machine
                }
            })
            .WithAutomaticReconnect(new PatientRetry(longestPause ?? TimeSpan.FromSeconds(10)))
            .AddJsonProtocol(options => LighthouseJson.Apply(options.PayloadSerializerOptions));
        configure?.Invoke(builder);
        _hub = builder.Build();
        _hub.On<Decision>(nameof(IAgentClient.DecisionMade), OnDecision);
        _hub.On<Question>(nameof(IAgentClient.QuestionAsked), question => QuestionAsked?.Invoke(question));
        _hub.On<string>(nameof(IAgentClient.Suspended), reason => Suspended?.Invoke(reason));
        _hub.Reconnected += _ => ResumeWaitsAsync();
        _hub.Closed += OnClosed;
    }

    /// <summary>An escalation that this connection waits for was decided. Handlers run on the connection's own loop: return soon.</summary>
    public event Action<Decision>? DecisionMade;

    /// <summary>A reviewer asks back.</summary>
    public event Action<Question>? QuestionAsked;

    /// <summary>This agent was suspended, with the reason: every further request is refused.</summary>
    public event Action<string>? Suspended;

    /// <summary>The connection ended for good: it was disposed, or the key is not accepted any more (<see cref="LighthouseException"/>).</summary>
    public event Action<Exception>? Closed;

    public bool IsConnected => _hub.State == HubConnectionState.Connected;

    /// <exception cref="LighthouseException"><c>unauthenticated</c> or <c>forbidden</c>.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            _end = null;
            await _hub.StartAsync(cancellationToken);
            _started = true;
        }
        catch (HttpRequestException refused) when (CodeOf(refused) is { } code)
        {
            throw new LighthouseException(code, "The server does not accept this key.", inner: refused);
        }
    }

    /// <summary>Returns after the decision is durable. An escalate carries <see cref="Decision.EscalationId"/>: see <see cref="WaitForDecisionAsync"/>.</summary>
    public Task<Decision> DecideAsync(DecisionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(() => _hub.InvokeAsync<Decision>(nameof(IAgentHub.Decide), request, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<Decision>> DecideManyAsync(IReadOnlyList<DecisionRequest> requests, CancellationToken cancellationToken = default) =>
        await CallAsync(() => _hub.InvokeAsync<Decision[]>(nameof(IAgentHub.DecideMany), requests, cancellationToken), cancellationToken);

    /// <summary>The final decision of an escalation of this agent's own. Survives reconnects; cancel to stop waiting.</summary>
    public async Task<Decision> WaitForDecisionAsync(string escalationId, CancellationToken cancellationToken = default)
    {
        var wait = new TaskCompletionSource<Decision>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waits[wait] = escalationId;
        try
        {
            await SubscribeAsync(escalationId, cancellationToken);
            return await wait.Task.WaitAsync(cancellationToken);
        }
        catch (IOException) when (_started)
        {
            // The connection broke before the subscription was confirmed. The reconnect subscribes again, or the end of the connection ends
            // the wait: it is noted before the waits are gone through, so one of the two reaches this wait.
            return _end is null ? await wait.Task.WaitAsync(cancellationToken) : throw _end;
        }
        finally
        {
            _waits.TryRemove(wait, out _);
        }
    }

    /// <summary>Tells how the allowed action ended.</summary>
    public Task ReportOutcomeAsync(string decisionId, int exitCode, TimeSpan duration, CancellationToken cancellationToken = default) =>
        CallAsync(async () =>
        {
            await _hub.InvokeAsync(nameof(IAgentHub.ReportOutcome), decisionId, exitCode, duration.TotalMilliseconds, cancellationToken);
            return true;
        }, cancellationToken);

    public Task HeartbeatAsync(CancellationToken cancellationToken = default) =>
        CallAsync(async () =>
        {
            await _hub.InvokeAsync(nameof(IAgentHub.Heartbeat), cancellationToken);
            return true;
        }, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return _hub.DisposeAsync();
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (HubException refused)
        {
            throw HubErrors.Parse(refused.Message, refused);
        }
        catch (Exception lost) when (lost is WebSocketException
            || (lost is InvalidOperationException && _hub.State != HubConnectionState.Connected)
            || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException("The connection was lost before the answer came.", lost);
        }
    }

    private Task SubscribeAsync(string escalationId, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            await _hub.InvokeAsync(nameof(IAgentHub.WaitForDecision), escalationId, cancellationToken);
            return true;
        }, cancellationToken);

    private void OnDecision(Decision decision)
    {
        foreach (var (wait, id) in _waits)
        {
            if (id == decision.EscalationId)
            {
                wait.TrySetResult(decision);
            }
        }

        DecisionMade?.Invoke(decision);
    }

    private async Task ResumeWaitsAsync()
    {
        foreach (var (wait, id) in _waits)
        {
            try
            {
                await SubscribeAsync(id, CancellationToken.None);
            }
            catch (LighthouseException refused)
            {
                wait.TrySetException(refused);
            }
            catch (IOException)
            {
                return; // lost again: the next reconnect starts over
            }
        }
    }

    private Task OnClosed(Exception? cause)
    {
        // The server says goodbye for good only to a key that it does not accept any more.
        Exception end = _disposed
            ? new OperationCanceledException("The connection was disposed while waiting.")
            : new LighthouseException(
                cause is HttpRequestException refused && CodeOf(refused) is { } code ? code : ErrorCodes.Unauthenticated,
                "The server ended the connection.", inner: cause);
        _end = end;
        foreach (var (wait, _) in _waits)
        {
            wait.TrySetException(end);
        }

        Closed?.Invoke(end);
        return Task.CompletedTask;
    }

    private static string? CodeOf(HttpRequestException refused) => refused.StatusCode switch
    {
        HttpStatusCode.Unauthorized => ErrorCodes.Unauthenticated,
        HttpStatusCode.Forbidden => ErrorCodes.Forbidden,
        _ => null,
    };
}
