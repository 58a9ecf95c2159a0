using Lighthouse.Web.Security.Keys;

namespace Lighthouse.Web.Security.Http;

/// <summary>
/// What a page may load and who may frame it. Scripts come from files alone. Styles may stand inline: MudBlazor writes its theme into a
/// style element and positions through style attributes, ApexCharts draws with them; without inline scripts an injected style can
/// mislead, but not act.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public const string Content =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var (context, headers) = ((HttpContext)state, ((HttpContext)state).Response.Headers);
            // Set, not added: the framework's own weaker policy for interactive pages must not stand beside it.
            headers.ContentSecurityPolicy = Content;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            // Not "no-referrer": then browsers send "Origin: null" with our own forms.
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            var path = context.Request.Path;
            if (KeyAuthentication.IsKeyPath(path) || path.StartsWithSegments("/sign-in") || path.StartsWithSegments("/sign-out"))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
