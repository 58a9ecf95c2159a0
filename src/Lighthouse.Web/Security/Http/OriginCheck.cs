using Lighthouse.Contracts;

namespace Lighthouse.Web.Security.Http;

/// <summary>
/// Web sockets know no same-origin rule: a page of another site could open one with the cookie of whoever looks at it. So a browser's
/// Origin on a hub has to be this very host. Clients that are no browser send none.
/// </summary>
internal static class OriginCheck
{
    public static void UseOriginCheck(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !IsHub(context.Request.Path) || IsOwn(origin, context.Request))
        {
            return next(context);
        }

        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OriginCheck)).OriginRefused(origin, context.Request.Path);
        return ApiProblems.WriteAsync(context, new LighthouseException(ErrorCodes.Forbidden, "Requests from pages of other sites are refused."));
    });

    private static bool IsHub(PathString path) => path.StartsWithSegments("/_blazor") || path.StartsWithSegments("/hubs");

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Authority.Equals(new Uri($"{request.Scheme}://{request.Host}").Authority, StringComparison.OrdinalIgnoreCase);
}
