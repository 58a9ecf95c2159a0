using Lighthouse.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Lighthouse.Web.Security.Http;

/// <summary>Every refusal of the API as problem details with its code.</summary>
internal static class ApiProblems
{
    public static int StatusOf(string code) => code switch
    {
        ErrorCodes.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden or ErrorCodes.OwnRequest or ErrorCodes.HumanRequired or ErrorCodes.FreshSignInRequired
            or ErrorCodes.AgentSuspended or ErrorCodes.EmergencyStop => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound => StatusCodes.Status404NotFound,
        ErrorCodes.RequestIdReused or ErrorCodes.EscalationDecided or ErrorCodes.EscalationExpired or ErrorCodes.AlreadyVoted or ErrorCodes.Conflict => StatusCodes.Status409Conflict,
        ErrorCodes.BodyTooLarge or ErrorCodes.CommandTooLong or ErrorCodes.BatchTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.NotSupported => StatusCodes.Status501NotImplemented,
        ErrorCodes.Overloaded or ErrorCodes.StorageUnavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };

    public static Task WriteAsync(HttpContext context, LighthouseException refusal)
    {
        var status = StatusOf(refusal.Code);
        context.Response.StatusCode = status;
        if (refusal.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        var problem = new ProblemDetails { Status = status, Title = refusal.Code, Detail = refusal.Message, Extensions = { ["code"] = refusal.Code } };
        return context.Response.WriteAsJsonAsync(problem, LighthouseJson.Options, "application/problem+json", context.RequestAborted);
    }

    /// <summary>Turns what escapes an API route into problem details; the inside of an unexpected failure stays in the log.</summary>
    public static void UseApiProblems(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            throw;
        }
        catch (LighthouseException refusal)
        {
            await WriteAsync(context, refusal);
        }
        catch (BadHttpRequestException malformed)
        {
            var code = malformed.StatusCode == StatusCodes.Status413PayloadTooLarge ? ErrorCodes.BodyTooLarge : ErrorCodes.InvalidField;
            await WriteAsync(context, new LighthouseException(code, malformed.Message));
        }
        catch (Exception exception)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiProblems)).RequestFailed(exception, context.Request.Path);
            await WriteAsync(context, new LighthouseException(ErrorCodes.Internal, "The tower failed; nothing was decided. Its log says why."));
        }
    });
}
