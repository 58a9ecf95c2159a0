using System.Buffers;
using System.Text.Json;
using Lighthouse.Contracts;
using Microsoft.AspNetCore.Http.Features;

namespace Lighthouse.Web.Api;

/// <summary>Reads JSON bodies so that every fault has its own code.</summary>
internal static class RequestBody
{
    /// <exception cref="LighthouseException"><c>malformed_json</c>, <c>missing_field</c> (no body) or <c>body_too_large</c>.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, long limit = Limits.MessageBytes)
        where T : class
    {
        if (context.Request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        return await ParseAsync(() => JsonSerializer.DeserializeAsync<T>(context.Request.Body, LighthouseJson.Options, context.RequestAborted), limit);
    }

    /// <summary>As <see cref="ReadAsync"/>, without making the server cut the connection: a body that is too large is left to be read to its end.</summary>
    public static async Task<JsonElement> ReadWithinAsync(HttpContext context, int limit = Limits.MessageBytes) =>
        (JsonElement)await ParseAsync<object>(async () =>
        {
            var reader = context.Request.BodyReader;
            var read = await reader.ReadAtLeastAsync(limit + 1, context.RequestAborted);
            try
            {
                if (read.Buffer.Length > limit)
                {
                    throw TooLarge(limit);
                }

                return JsonSerializer.Deserialize<object>(read.Buffer.ToArray(), LighthouseJson.Options);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }, limit);

    private static async Task<T> ParseAsync<T>(Func<ValueTask<T?>> parse, long limit)
        where T : class
    {
        try
        {
            return await parse()
                ?? throw new LighthouseException(ErrorCodes.MissingField, "The body is `null`; it has to be JSON as the API describes it.");
        }
        catch (JsonException exception)
        {
            var where = exception.LineNumber is { } line ? $" (line {line + 1}, byte {exception.BytePositionInLine + 1}{(exception.Path is { Length: > 1 } path ? ", at " + path : "")})" : "";
            throw new LighthouseException(ErrorCodes.MalformedJson, $"The body is not the JSON that was expected{where}.", inner: exception);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }
    }

    /// <summary>Describes the body; any content type is taken, because what counts is whether the bytes are JSON.</summary>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json", "*/*");

    private static LighthouseException TooLarge(long limit) =>
        new(ErrorCodes.BodyTooLarge, $"The body is larger than {limit / 1024:N0} kB.");
}
