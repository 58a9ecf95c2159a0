using System.Security.Claims;
using System.Text.Encodings.Web;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Web.Security.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Keys;

internal static class KeyAuthentication
{
    public const string Scheme = "key";

    /// <summary>Where keys are asked for. Everywhere else it is the cookie.</summary>
    public static bool IsKeyPath(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/hubs") || path.StartsWithSegments("/metrics");
}

/// <summary>Turns a presented key into a caller. Role, agent and owner come from the key alone; nothing in a request can choose them.</summary>
internal sealed class KeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ICredentials credentials, ITelemetry telemetry,
    IAuthenticationThrottle throttle)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string Prefix = "Bearer ";

    private readonly IComponentRecorder _recorder = telemetry.Component(ComponentNames.Authentication);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented() is not { } secret)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var started = TimeProvider.GetTimestamp();
        var caller = credentials.Verify(secret);
        _recorder.Record(TimeProvider.GetTimestamp() - started);
        return Task.FromResult(caller is null
            ? AuthenticateResult.Fail(Refusal())
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new KeyIdentity(caller)), Scheme.Name)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = "Bearer";
        await ApiProblems.WriteAsync(Context, result.Failure as LighthouseException ?? CallerExtensions.Unauthenticated());
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblems.WriteAsync(Context, new LighthouseException(ErrorCodes.Forbidden, "The role of this key does not include this."));

    private string? Presented()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return header[Prefix.Length..].Trim();
        }

        // Browsers' WebSockets cannot carry a header. Elsewhere a key in an address would end in logs, so it is not taken.
        return Request.Path.StartsWithSegments("/hubs") && Request.Query["access_token"] is [{ Length: > 0 } token] ? token : null;
    }

    // Only wrong keys are throttled. All agents of a host share its address: one that guesses must not lock out the others.
    private LighthouseException Refusal()
    {
        var address = Context.Connection.RemoteIpAddress?.ToString();
        if (!throttle.TryAttempt(GuessedSecret.Key, address, out var retryAfter))
        {
            return new LighthouseException(ErrorCodes.RateLimited, "Too many wrong keys from this address.", retryAfter);
        }

        Logger.KeyRefused(address ?? "unknown", Printable.Of(Request.Path.Value));
        return CallerExtensions.Unauthenticated();
    }
}
