using Lighthouse.Contracts;

namespace Lighthouse.Web.Security.Http;

/// <summary>Refuses every name that is not ours, in the words of whoever asks.</summary>
internal sealed class HostCheck(RequestDelegate next, HostRules rules, ILogger<HostCheck> log)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        if (rules.Allows(host))
        {
            return next(context);
        }

        log.HostRefused(host.Value ?? "", context.Request.Path);
        return ApiProblems.WriteAsync(context, new LighthouseException(
            ErrorCodes.UnknownHost, $"Lighthouse does not answer to this host name; its names are {string.Join(", ", rules.Allowed)} (setting AllowedHosts)."));
    }
}
