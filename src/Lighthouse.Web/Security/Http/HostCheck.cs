using Lighthouse.Contracts;

namespace Lighthouse.Web.Security.Http;

/// <summary>Refuses every name that is not ours, in the words of whoever asks.</summary>
internal sealed class HostCheck(RequestDelegate next, HostRules rules, TimeProvider time, ILogger<HostCheck> log)
{
    private readonly RefusalLines _lines = new(time);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        if (rules.Allows(host))
        {
            return next(context);
        }

        if (_lines.Take(Printable.Of(host.Value), out var unsaid) is { } name)
        {
            log.HostRefused(name, Printable.Of(context.Request.Path.Value), unsaid);
        }

        return ApiProblems.WriteAsync(context, new LighthouseException(
            ErrorCodes.UnknownHost, $"Lighthouse does not answer to this host name; its names are {string.Join(", ", rules.Allowed)} (setting AllowedHosts)."));
    }
}
