using Lighthouse.Contracts;
using Lighthouse.Web.Api.Hooks;
using Microsoft.AspNetCore.Http.Features;

namespace Lighthouse.Web.Security.Http;

/// <summary>
/// The last word on hook routes. Hosts run the call on any status but 200, and on a connection that breaks; so whatever happens further in, an
/// exception, a redirect, a refusal of the framework, leaves here as 200 and a deny. Answers are held back until they are whole.
/// </summary>
internal sealed class HookGuard(RequestDelegate next, TimeProvider time, ILogger<HookGuard> log)
{
    /// <summary>A tool call may carry a whole file. Past this the connection is cut.</summary>
    private const long MostBytesTaken = 64 * 1024 * 1024;
    private static readonly TimeSpan LongestTaking = TimeSpan.FromSeconds(20);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!AnyHost.IsHook(context.Request.Path))
        {
            await next(context);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The route itself refuses what is too large, and says so; a server that stops reading breaks the connection instead.
            size.MaxRequestBodySize = MostBytesTaken;
        }

        using var held = new MemoryStream();
        var problem = await RunAsync(context, held);
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        await TakeRestAsync(context);
        if (problem is not null || context.Response.StatusCode != StatusCodes.Status200OK || held.Length == 0)
        {
            var status = context.Response.StatusCode;
            context.Response.Clear();
            await ApiProblems.WriteAsync(context, problem ?? ApiProblems.Bare(context, status));
            return;
        }

        context.Response.ContentLength = held.Length;
        held.Position = 0;
        await held.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task<LighthouseException?> RunAsync(HttpContext context, MemoryStream held)
    {
        var connection = context.Features.Get<IHttpResponseBodyFeature>()!;
        var inner = new StreamResponseBodyFeature(held);
        context.Features.Set<IHttpResponseBodyFeature>(inner);
        try
        {
            await next(context);
            await inner.CompleteAsync();
            return null;
        }
        catch (Exception exception)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                log.HookGuarded(exception);
            }

            return ApiProblems.Translate(exception);
        }
        finally
        {
            context.Features.Set(connection);
        }
    }

    /// <summary>An answer that comes while the client still sends is lost with the connection, so the rest of the body is read first.</summary>
    private async Task TakeRestAsync(HttpContext context)
    {
        using var late = new CancellationTokenSource(LongestTaking, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, ends.Token);
        }
        catch (Exception exception) when (exception is IOException or BadHttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            // What could be done for the answer was done; it is sent all the same.
        }
    }
}
