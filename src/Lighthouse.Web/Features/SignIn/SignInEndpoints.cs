using System.Security.Claims;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Humans;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Features.SignIn;

/// <summary>What the forms of the sign-in pages post to. Every answer is a redirect, so that going back never posts twice.</summary>
internal static class SignInEndpoints
{
    public const string PasswordPath = "/account/password";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in", SignInAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(SignInLinks.Path, UseLinkAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(PasswordPath, SetPasswordAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SignInManager<LighthouseUser> signIn, IAuthenticationThrottle throttle, IEventStore store, TimeProvider time,
        ILoggerFactory logs, [FromForm] string? user, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        var log = logs.CreateLogger(typeof(SignInEndpoints));
        if (throttle.IsBlocked(address, out _))
        {
            log.SignInRefused(Shown(user), "too many failures from this address");
            return Back("busy", returnUrl);
        }

        var found = string.IsNullOrWhiteSpace(user) ? null : await signIn.UserManager.FindByNameAsync(user.Trim());
        if (found is { Disabled: false } && (await signIn.CheckPasswordSignInAsync(found, password ?? "", lockoutOnFailure: true)).Succeeded)
        {
            await EnterAsync(signIn, found, store, time, "password", context.RequestAborted);
            return Results.LocalRedirect(Local(returnUrl));
        }

        throttle.Failed(address);
        log.SignInRefused(Shown(user), found is null ? "unknown user" : "wrong password or locked");
        // One answer for every reason: it does not tell which names exist.
        return Back("wrong", returnUrl);
    }

    private static async Task<IResult> UseLinkAsync(
        HttpContext context, SignInManager<LighthouseUser> signIn, IOptions<LighthouseOptions> options, IEventStore store, TimeProvider time, [FromForm] string? token)
    {
        if (SignInLinks.Consume(options.Value.DataDirectory, token ?? "", time) is not { } link)
        {
            return Results.LocalRedirect(SignInLinks.Path + "?error=used");
        }

        var users = signIn.UserManager;
        var user = await users.FindByNameAsync(link.User ?? Bootstrap.Admin) ?? (link.User is null ? await Bootstrap.CreateAdminAsync(users) : null);
        if (user is null or { Disabled: true })
        {
            return Results.LocalRedirect(SignInLinks.Path + "?error=used");
        }

        await EnterAsync(signIn, user, store, time, "link", context.RequestAborted);
        return Results.LocalRedirect(PasswordPath);
    }

    private static async Task<IResult> SetPasswordAsync(
        HttpContext context, SignInManager<LighthouseUser> signIn, IEventStore store, TimeProvider time, [FromForm] string? password, [FromForm] string? again, [FromForm] string? current)
    {
        var users = signIn.UserManager;
        if (await users.GetUserAsync(context.User) is not { } user)
        {
            return Results.LocalRedirect("/sign-in");
        }

        if (password != again)
        {
            return Results.LocalRedirect(PasswordPath + "?error=different");
        }

        // A password that exists is changed by whoever knows it; one that was never set, or is forgotten, by whoever came with a fresh link.
        var byLink = await users.HasPasswordAsync(user) && context.User.HasClaim(EntryClaim, "link");
        if (byLink)
        {
            await users.RemovePasswordAsync(user);
        }

        var result = await users.HasPasswordAsync(user)
            ? await users.ChangePasswordAsync(user, current ?? "", password ?? "")
            : await users.AddPasswordAsync(user, password ?? "");
        if (!result.Succeeded)
        {
            return Results.LocalRedirect(PasswordPath + "?error=" + (result.Errors.Any(e => e.Code == "PasswordMismatch") ? "current" : "weak"));
        }

        await EnterAsync(signIn, user, store, time, "password", context.RequestAborted);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutAsync(SignInManager<LighthouseUser> signIn, [FromForm] string? _)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/sign-in");
    }

    /// <summary>Claim that says how the human came in: <c>password</c> or <c>link</c>.</summary>
    private const string EntryClaim = "entry";

    private static async Task EnterAsync(
        SignInManager<LighthouseUser> signIn, LighthouseUser user, IEventStore store, TimeProvider time, string how, CancellationToken cancellationToken)
    {
        var payload = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { user = user.UserName, how, v = 1 });
        await store.AppendAsync([new NewEvent("human-" + user.Id, null, EventTypes.HumanSignedIn, "human:" + user.UserName, payload)], cancellationToken);
        await signIn.SignInWithClaimsAsync(user, isPersistent: false, [FreshSignIn.Now(time), new Claim(EntryClaim, how)]);
    }

    private static IResult Back(string error, string? returnUrl) =>
        Results.LocalRedirect($"/sign-in?error={error}&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");

    private static string Local(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal) ? url : "/";

    private static string Shown(string? user) => user is null ? "nobody" : new string([.. user.Where(c => !char.IsControl(c)).Take(64)]);
}
