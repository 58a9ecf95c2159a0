using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Client;

/// <summary>What HTTP and hub connections share: how to reach a server and how to read its refusals.</summary>
internal static class Transport
{
    public static MediaTypeHeaderValue Json { get; } = new("application/json");

    public static Uri Root(Uri server) =>
        server.AbsolutePath.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");

    // The key must reach the server that was named: no redirects, and no proxy in front of this machine.
    public static SocketsHttpHandler Handler(Uri server) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !server.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public static CancellationTokenSource Limit(TimeSpan limit, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(limit);
        return source;
    }

    public static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var (code, message) = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var retryAfter = response.Headers.RetryAfter?.Delta;
        throw new LighthouseException(
            code ?? CodeOf(response.StatusCode), message ?? $"The server answered {(int)response.StatusCode}.", retryAfter);
    }

    /// <summary>Code and text of a problem-details body; nulls when it is something else, for example a proxy's page.</summary>
    private static (string? Code, string? Message) Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (Text(document.RootElement, "code"), Text(document.RootElement, "detail") ?? Text(document.RootElement, "title"))
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ErrorCodes.Unauthenticated,
        HttpStatusCode.Forbidden => ErrorCodes.Forbidden,
        HttpStatusCode.NotFound => ErrorCodes.NotFound,
        HttpStatusCode.Conflict => ErrorCodes.Conflict,
        HttpStatusCode.RequestEntityTooLarge => ErrorCodes.BodyTooLarge,
        HttpStatusCode.TooManyRequests => ErrorCodes.RateLimited,
        HttpStatusCode.ServiceUnavailable => ErrorCodes.Overloaded,
        _ => ErrorCodes.Internal,
    };
}
