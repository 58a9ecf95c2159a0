using Lighthouse.Contracts;
using Lighthouse.Web.Security.Keys;

namespace Lighthouse.Web.Security.Http;

/// <summary>
/// Browsers open WebSockets across origins and attach cookies to them; the same-origin policy does not apply. So a page of another
/// origin, also one on another port of this host, is refused where it could act in a human's name.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, TimeProvider time, ILogger<OriginCheck> log)
{
    private readonly RefusalLines _lines = new(time);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!Concerns(request) || IsOwn(request))
        {
            return next(context);
        }

        if (_lines.Take(Printable.Of(request.Headers.Origin.ToString()), out var unsaid) is { } origin)
        {
            log.OriginRefused(origin, Printable.Of(request.Path.Value), unsaid);
        }

        return ApiProblems.WriteAsync(context, new LighthouseException(ErrorCodes.Forbidden, "Pages of another origin may not connect to Lighthouse."));
    }

    private static bool Concerns(HttpRequest request) =>
        request.Path.StartsWithSegments("/_blazor") || request.Path.StartsWithSegments("/hubs")
        || (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !KeyAuthentication.IsKeyPath(request.Path));

    private static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
        {
            // Browsers send Origin with every WebSocket and every POST, so without one this is no page, or a page's own GET.
            return !request.Headers.TryGetValue("Sec-Fetch-Site", out var site) || site == "same-origin" || (site == "none" && HttpMethods.IsGet(request.Method));
        }

        return origin is [{ } text] && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && string.Equals(uri.Authority, Authority(request, uri), StringComparison.OrdinalIgnoreCase)
            // A page that came over http may be anybody's; the other way round is a proxy that ends TLS in front of us.
            && !(request.IsHttps && uri.Scheme == "http");
    }

    // Uri.Authority leaves out the default port of its scheme; the Host header may spell it.
    private static string Authority(HttpRequest request, Uri origin)
    {
        var host = request.Host;
        return host.Port is { } port && port != (origin.Scheme == "https" ? 443 : 80) ? $"{host.Host}:{port}" : host.Host;
    }
}
