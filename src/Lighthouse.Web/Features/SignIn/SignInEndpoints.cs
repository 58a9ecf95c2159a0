using System.Globalization;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Humans;
using Microsoft.AspNetCore.Antiforgery;

namespace Lighthouse.Web.Features.SignIn;

/// <summary>What the forms of the sign-in pages post to. Every answer is a redirect, so that going back never posts twice.</summary>
internal static class SignInEndpoints
{
    public const string PasswordPath = "/account/password";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        Post(app, "/sign-in", SignInAsync).AllowAnonymous();
        Post(app, SignInLinks.Path, UseLinkAsync).AllowAnonymous();
        Post(app, PasswordPath, SetPasswordAsync).RequireAuthorization(Security.Policies.Human);
        Post(app, "/sign-out", SignOutAsync).AllowAnonymous();
    }

    // Pages answer POST as well as GET; the lower order puts the form's own endpoint before the page of the same address.
    private static RouteHandlerBuilder Post(IEndpointRouteBuilder app, string path, Delegate handler) =>
        app.MapPost(path, handler).WithOrder(-1).ExcludeFromDescription();

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery forms, HumanSignIn signIn)
    {
        if (await FormAsync(context, forms) is not { } form)
        {
            return Back("form", "/");
        }

        var back = Local(form["returnUrl"]);
        return await signIn.WithPasswordAsync(form["user"].ToString().Trim(), form["password"].ToString(), context) switch
        {
            SignInOutcome.Done => Results.LocalRedirect(back),
            SignInOutcome.Throttled => Back("busy", back),
            // One answer for a wrong name, a wrong password, a locked and a disabled account: whoever guesses learns nothing.
            _ => Back("wrong", back),
        };
    }

    private static async Task<IResult> UseLinkAsync(HttpContext context, IAntiforgery forms, HumanSignIn signIn) =>
        await FormAsync(context, forms) is { } form && await signIn.WithLinkAsync(form["token"].ToString(), context)
            ? Results.LocalRedirect(PasswordPath)
            : Results.LocalRedirect(SignInLinks.Path + "?error=used");

    private static async Task<IResult> SetPasswordAsync(HttpContext context, IAntiforgery forms, HumanSignIn signIn)
    {
        var (outcome, wait) = await FormAsync(context, forms) switch
        {
            null => new PasswordChange(PasswordOutcome.Stale),
            var form when form["password"] != form["again"] => new PasswordChange(PasswordOutcome.Different),
            var form => await signIn.SetPasswordAsync(context.User, form["current"], form["password"].ToString(), context.RequestAborted),
        };
        return Results.LocalRedirect(outcome switch
        {
            PasswordOutcome.Saved => "/",
            PasswordOutcome.Wait => string.Create(CultureInfo.InvariantCulture, $"{PasswordPath}?error=wait&wait={Math.Ceiling(wait.TotalSeconds):0}"),
            _ => $"{PasswordPath}?error={outcome.ToString().ToLowerInvariant()}",
        });
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery forms, HumanSignIn signIn)
    {
        // A form of another page must not sign anybody out; a stale one of ours shows where one stands.
        if (await FormAsync(context, forms) is null)
        {
            return Results.LocalRedirect("/");
        }

        await signIn.EndAsync(context.User);
        return Results.LocalRedirect("/sign-in");
    }

    /// <returns>Null when the form is not one of ours.</returns>
    private static async Task<IFormCollection?> FormAsync(HttpContext context, IAntiforgery forms) =>
        context.Request.HasFormContentType && await forms.IsRequestValidAsync(context) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;

    private static IResult Back(string error, string returnUrl) => Results.LocalRedirect($"/sign-in?error={error}&returnUrl={Uri.EscapeDataString(returnUrl)}");

    /// <summary>Back to a page of ours, never to another site.</summary>
    private static string Local(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : "/";
}
