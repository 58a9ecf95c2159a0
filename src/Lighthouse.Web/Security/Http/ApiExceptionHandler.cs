using Lighthouse.Contracts;
using Lighthouse.Web.Security.Keys;
using Microsoft.AspNetCore.Diagnostics;

namespace Lighthouse.Web.Security.Http;

/// <summary>The last catch of everything that answers programs; pages have their own error page.</summary>
internal sealed class ApiExceptionHandler(ILogger<ApiExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var path = httpContext.Request.Path;
        if (!KeyAuthentication.IsKeyPath(path) && !path.StartsWithSegments("/healthz"))
        {
            return false;
        }

        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var refusal = ApiProblems.Translate(exception);
        switch (refusal.Code)
        {
            case ErrorCodes.Internal:
                log.Failed(exception, httpContext.Request.Method, path);
                break;
            case ErrorCodes.StorageUnavailable:
                log.NotStored(httpContext.Request.Method, path, refusal.Message);
                break;
            // These come in floods by nature and are counted elsewhere.
            case ErrorCodes.RateLimited or ErrorCodes.Overloaded:
                log.Shed(httpContext.Request.Method, path, refusal.Code);
                break;
            default:
                log.Refused(httpContext.Request.Method, path, refusal.Code, refusal.Message);
                break;
        }

        await ApiProblems.WriteAsync(httpContext, refusal);
        return true;
    }
}

/// <summary>Event ids 6100 to 6199.</summary>
internal static partial class ApiProblemLog
{
    [LoggerMessage(6100, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void Failed(this ILogger log, Exception exception, string method, string path);

    [LoggerMessage(6101, LogLevel.Error, "{Method} {Path} could not be recorded: {Message}")]
    public static partial void NotStored(this ILogger log, string method, string path, string message);

    [LoggerMessage(6102, LogLevel.Debug, "{Method} {Path} was shed ({Code})")]
    public static partial void Shed(this ILogger log, string method, string path, string code);

    [LoggerMessage(6103, LogLevel.Information, "{Method} {Path} was refused ({Code}): {Message}")]
    public static partial void Refused(this ILogger log, string method, string path, string code, string message);
}
