using System.Globalization;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Web.Api.Hooks;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Lighthouse.Web.Security.Http;

/// <summary>Every refusal as problem details with a stable code.</summary>
internal static class ApiProblems
{
    public static int StatusOf(string code) => ErrorStatus.Of(code);

    public static Task WriteAsync(HttpContext context, LighthouseException refusal, int? status = null)
    {
        var response = context.Response;
        if (AnyHost.IsHook(context.Request.Path))
        {
            // Hosts run the call on any status but 200.
            response.StatusCode = StatusCodes.Status200OK;
            var deny = AnyHost.Deny($"Lighthouse refused this call ({refusal.Code}): {refusal.Message}");
            return response.WriteAsJsonAsync(deny, LighthouseJson.Options, context.RequestAborted);
        }

        response.StatusCode = status ?? StatusOf(refusal.Code);
        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var problem = new Problem(
            ReasonPhrases.GetReasonPhrase(response.StatusCode), response.StatusCode, refusal.Message, refusal.Code, context.TraceIdentifier);
        return response.WriteAsJsonAsync(problem, LighthouseJson.Options, "application/problem+json", context.RequestAborted);
    }

    /// <summary>What an exception is called; what it says inside stays in the log.</summary>
    public static LighthouseException Translate(Exception exception) => exception switch
    {
        LighthouseException refusal => refusal,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new(ErrorCodes.BodyTooLarge, "The body is larger than this route takes.", inner: exception),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            new(ErrorCodes.MalformedJson, "The body has to be JSON: `Content-Type: application/json`.", inner: exception),
        BadHttpRequestException { InnerException: JsonException } => new(ErrorCodes.MalformedJson, "The body is not the JSON that was expected.", inner: exception),
        BadHttpRequestException => new(ErrorCodes.InvalidField, "A parameter of the address is missing or has the wrong form.", inner: exception),
        _ => new(ErrorCodes.Internal, "Lighthouse failed. Nothing was allowed; the log says why.", inner: exception),
    };

    /// <summary>Answers without a body (no route, wrong method) say their code too.</summary>
    public static Task WriteBareStatusAsync(StatusCodeContext bare)
    {
        var status = bare.HttpContext.Response.StatusCode;
        return WriteAsync(bare.HttpContext, Bare(bare.HttpContext, status), status);
    }

    /// <summary>What a status without a body is called.</summary>
    public static LighthouseException Bare(HttpContext context, int status) =>
        status switch
        {
            StatusCodes.Status404NotFound => new LighthouseException(ErrorCodes.NotFound, $"There is no route {context.Request.Method} {context.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => new LighthouseException(ErrorCodes.NotSupported, $"{context.Request.Method} is not for this route."),
            StatusCodes.Status415UnsupportedMediaType => new LighthouseException(ErrorCodes.MalformedJson, "The body has to be JSON: `Content-Type: application/json`."),
            StatusCodes.Status401Unauthorized => new LighthouseException(ErrorCodes.Unauthenticated, "A valid key is needed."),
            StatusCodes.Status403Forbidden => new LighthouseException(ErrorCodes.Forbidden, "This caller may not."),
            >= 500 => new LighthouseException(ErrorCodes.Internal, "Lighthouse failed. Nothing was allowed; the log says why."),
            _ => new LighthouseException(ErrorCodes.InvalidField, "The request was refused."),
        };

    private sealed record Problem(string Title, int Status, string Detail, string Code, string TraceId);
}
