using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Client;

/// <summary>
/// The HTTP interface of a Lighthouse server, typed. One instance serves one API key; it is safe to share between threads.
/// Every method throws <see cref="LighthouseException"/> with the server's code when the server refuses, and
/// <see cref="HttpRequestException"/> when it cannot be reached.
/// </summary>
public sealed class LighthouseClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="server">Root address, for example <c>http://localhost:5080</c>.</param>
    /// <param name="key">An API key, sent as bearer token.</param>
    /// <param name="handler">How requests are sent; disposed with the client. Default: no redirects, and no proxy in front of a loopback address.</param>
    public LighthouseClient(Uri server, string key, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentException.ThrowIfNullOrEmpty(key);
        _http = new HttpClient(handler ?? Transport.Handler(server)) { BaseAddress = Transport.Root(server), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>How long one call may take, the server's wait for a human aside.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <param name="dryRun">Only the verdict: recorded as a dry run, opens no escalation, uses no grant.</param>
    public Task<Decision> DecideAsync(DecisionRequest request, bool dryRun = false, CancellationToken cancellationToken = default) =>
        SendAsync<Decision>(HttpMethod.Post, dryRun ? "api/v1/decisions?dryRun=true" : "api/v1/decisions", request, default, cancellationToken);

    /// <summary>
    /// Up to <see cref="Limits.BatchRequests"/> requests; answers in the same order. One refused request refuses the batch, with nothing recorded;
    /// after <c>storage_unavailable</c> repeat it with the same <see cref="DecisionRequest.RequestId"/>s.
    /// </summary>
    public async Task<IReadOnlyList<Decision>> DecideManyAsync(
        IReadOnlyList<DecisionRequest> requests, bool dryRun = false, CancellationToken cancellationToken = default) =>
        await SendAsync<Decision[]>(
            HttpMethod.Post, dryRun ? "api/v1/decisions:batch?dryRun=true" : "api/v1/decisions:batch", requests, default, cancellationToken);

    /// <summary>A decision with everything that explains it. An agent sees its own, an expert or operator any.</summary>
    public Task<DecisionDetail> GetDecisionAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync<DecisionDetail>("api/v1/decisions/" + Escape(id), cancellationToken);

    /// <param name="state">Null for all.</param>
    public async Task<IReadOnlyList<Escalation>> GetEscalationsAsync(EscalationState? state = null, CancellationToken cancellationToken = default) =>
        await GetAsync<Escalation[]>(
            state is { } wanted ? "api/v1/escalations?state=" + JsonSerializer.SerializeToElement(wanted, LighthouseJson.Options).GetString() : "api/v1/escalations",
            cancellationToken);

    public Task<Escalation> GetEscalationAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync<Escalation>("api/v1/escalations/" + Escape(id), cancellationToken);

    /// <summary>Waits until the escalation is decided, however long that takes: cancel to stop. Uses the server's long poll, so it costs one idle request.</summary>
    public async Task<Escalation> WaitForEscalationAsync(string id, CancellationToken cancellationToken = default)
    {
        var path = "api/v1/escalations/" + Escape(id) + "?waitSeconds=25";
        while (true)
        {
            var escalation = await SendAsync<Escalation>(HttpMethod.Get, path, null, TimeSpan.FromSeconds(25), cancellationToken);
            if (escalation.State != EscalationState.Open)
            {
                return escalation;
            }
        }
    }

    /// <summary>Answers an escalation; needs a key of role expert.</summary>
    public Task<Escalation> VoteAsync(string escalationId, Vote vote, CancellationToken cancellationToken = default) =>
        SendAsync<Escalation>(HttpMethod.Post, $"api/v1/escalations/{Escape(escalationId)}/votes", vote, default, cancellationToken);

    public Task<Escalation> ClaimAsync(string escalationId, CancellationToken cancellationToken = default) =>
        SendAsync<Escalation>(HttpMethod.Post, $"api/v1/escalations/{Escape(escalationId)}/claim", null, default, cancellationToken);

    /// <summary>One page of the event log, in order of position; needs a key of role operator.</summary>
    public async Task<IReadOnlyList<EventRecord>> GetEventsAsync(
        long after = 0, int limit = 1000, string? stream = null, string? type = null, CancellationToken cancellationToken = default)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"api/v1/events?after={after}&limit={limit}");
        path += stream is null ? "" : "&stream=" + Escape(stream);
        path += type is null ? "" : "&type=" + Escape(type);
        return await GetAsync<EventRecord[]>(path, cancellationToken);
    }

    /// <summary>The log from <paramref name="after"/> to its end as of now, page by page.</summary>
    public async IAsyncEnumerable<EventRecord> ReadEventsAsync(
        long after = 0, string? stream = null, string? type = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await GetEventsAsync(after, 1000, stream, type, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var one in page)
            {
                yield return one;
            }

            after = page[^1].Position;
        }
    }

    /// <summary>Checks the whole log: hash chain and authenticated head. Takes seconds on a large log; needs a key of role operator.</summary>
    public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken = default) =>
        SendAsync<VerifyReport>(HttpMethod.Post, "api/v1/events:verify", null, TimeSpan.FromMinutes(30), cancellationToken);

    public async Task<IReadOnlyList<ComponentFigures>> GetComponentsAsync(CancellationToken cancellationToken = default) =>
        await GetAsync<ComponentFigures[]>("api/v1/components", cancellationToken);

    public async Task<IReadOnlyList<TierFigures>> GetTiersAsync(CancellationToken cancellationToken = default) =>
        await GetAsync<TierFigures[]>("api/v1/tiers", cancellationToken);

    /// <summary>Makes an agent and its first key; needs a key of role operator.</summary>
    public Task<CreatedAgent> CreateAgentAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync<CreatedAgent>(HttpMethod.Post, "api/v1/agents", new NewAgent(name), default, cancellationToken);

    /// <summary>Makes <paramref name="count"/> agents in one call; needs a key of role operator.</summary>
    public async Task<IReadOnlyList<CreatedAgent>> CreateAgentsAsync(string name, int count, CancellationToken cancellationToken = default) =>
        await SendAsync<CreatedAgent[]>(HttpMethod.Post, "api/v1/agents", new NewAgent(name, count), default, cancellationToken);

    /// <summary>Ends a key at once and cuts the connections that use it; needs a key of role operator.</summary>
    public async Task RevokeKeyAsync(string keyId, string reason, CancellationToken cancellationToken = default)
    {
        using var limit = Transport.Limit(CallTimeout, cancellationToken);
        using var response = await _http.DeleteAsync($"api/v1/keys/{Escape(keyId)}?reason={Escape(reason)}", limit.Token);
        await Transport.ThrowIfRefusedAsync(response, limit.Token);
    }

    /// <summary>Relays a host's own hook message and returns the answer in the host's words; never throws for a refusal, since that is a deny in the answer.</summary>
    /// <param name="host"><c>claude-code</c>, …</param>
    /// <param name="hold">How long the server may hold the call for a human; null for the server's default (waits up to the longest hold, an hour).</param>
    public async Task<byte[]> HookAsync(string host, ReadOnlyMemory<byte> message, TimeSpan? hold, CancellationToken cancellationToken = default)
    {
        var path = "api/v1/hooks/" + Escape(host);
        path += hold is { } wait ? string.Create(CultureInfo.InvariantCulture, $"?holdSeconds={(int)wait.TotalSeconds}") : "";
        using var content = new ReadOnlyMemoryContent(message);
        content.Headers.ContentType = Transport.Json;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        using var limit = Transport.Limit(CallTimeout + (hold ?? TimeSpan.FromHours(1)), cancellationToken);
        using var response = await _http.SendAsync(request, limit.Token);
        await Transport.ThrowIfRefusedAsync(response, limit.Token);
        return await response.Content.ReadAsByteArrayAsync(limit.Token);
    }

    public void Dispose() => _http.Dispose();

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, null, default, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, TimeSpan extra, CancellationToken cancellationToken)
    {
        using var limit = Transport.Limit(CallTimeout + extra, cancellationToken);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: LighthouseJson.Options);
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        await Transport.ThrowIfRefusedAsync(response, limit.Token);
        return await response.Content.ReadFromJsonAsync<T>(LighthouseJson.Options, limit.Token)
            ?? throw new LighthouseException(ErrorCodes.Internal, $"The server answered {path} with null.");
    }

    private static string Escape(string part) => Uri.EscapeDataString(part);
}
