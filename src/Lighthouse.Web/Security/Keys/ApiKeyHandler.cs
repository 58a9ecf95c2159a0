using System.Security.Claims;
using System.Text.Encodings.Web;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Web.Security.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Keys;

/// <summary><c>Authorization: Bearer</c> with an API key; on hub paths also <c>access_token</c>, because browsers cannot set headers on a web socket.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ICredentials credentials,
    IAuthenticationThrottle throttle, ITelemetry telemetry, TimeProvider time) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";
    private const string Bearer = "Bearer ";

    private readonly IComponentRecorder _figures = telemetry.Component(ComponentNames.Authentication);

    public static LighthouseException Refusal(Exception? failure) =>
        failure as LighthouseException ?? new LighthouseException(ErrorCodes.Unauthenticated, "This needs an API key: send `Authorization: Bearer <key>`.");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented() is not { Length: > 0 } secret)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var started = time.GetTimestamp();
        var caller = credentials.Verify(secret);
        _figures.Record(time.GetTimestamp() - started, error: caller is null);
        return Task.FromResult(caller is null ? AuthenticateResult.Fail(Fault()) : Success(caller));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => WriteAsync(null);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        WriteAsync(new LighthouseException(ErrorCodes.Forbidden, "The role of this key does not include this route."));

    private async Task WriteAsync(LighthouseException? refusal)
    {
        refusal ??= Refusal((await HandleAuthenticateOnceSafeAsync()).Failure);
        Logger.KeyRefused(refusal.Code, Request.Path);
        await ApiProblems.WriteAsync(Context, refusal);
    }

    private AuthenticateResult Success(Caller caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new KeyIdentity(caller)), Scheme));

    private LighthouseException Fault()
    {
        var address = Context.Connection.RemoteIpAddress?.ToString();
        if (throttle.IsBlocked(address, out var retryAfter))
        {
            return new LighthouseException(ErrorCodes.RateLimited, "Too many wrong keys from this address; wait before trying again.", retryAfter);
        }

        throttle.Failed(address);
        return new LighthouseException(ErrorCodes.Unauthenticated, "This API key is wrong or has been revoked.");
    }

    private string? Presented()
    {
        var header = Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : Request.Path.StartsWithSegments("/hubs") ? Request.Query["access_token"].ToString()
            : null;
    }
}
