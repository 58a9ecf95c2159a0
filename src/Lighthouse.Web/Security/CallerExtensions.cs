using System.Security.Claims;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security;

internal static class CallerExtensions
{
    /// <summary>Role claims of humans; the words of <see cref="Roles"/>.</summary>
    public static IReadOnlyList<(string Word, Roles Role)> HumanRoles { get; } =
        [("viewer", Roles.Viewer), ("expert", Roles.Expert), ("operator", Roles.Operator), ("admin", Roles.Admin)];

    /// <exception cref="LighthouseException"><c>unauthenticated</c>.</exception>
    public static Caller GetCaller(this HttpContext context) => context.User.ToCaller();

    /// <exception cref="LighthouseException"><c>unauthenticated</c>.</exception>
    public static Caller ToCaller(this ClaimsPrincipal principal) => principal.FindCaller() ?? throw Unauthenticated();

    public static Caller? FindCaller(this ClaimsPrincipal principal)
    {
        foreach (var identity in principal.Identities)
        {
            if (identity is KeyIdentity key)
            {
                return key.Caller;
            }
        }

        return principal.Identity is ClaimsIdentity { IsAuthenticated: true, AuthenticationType: var type } human && type == IdentityConstants.ApplicationScheme
            ? Human(human)
            : null;
    }

    /// <summary>For routes that answer for themselves: the caller of a key that is live at this very moment.</summary>
    /// <exception cref="LighthouseException"><c>unauthenticated</c>, or <c>rate_limited</c> after too many wrong keys.</exception>
    public static async Task<Caller> AuthenticateKeyAsync(this HttpContext context)
    {
        var result = await context.AuthenticateAsync(KeyAuthentication.Scheme);
        if (result.Failure is LighthouseException refusal)
        {
            throw refusal;
        }

        // The framework remembers its first answer for the whole request; a held call outlives it.
        return result.Principal?.FindCaller() is { } caller && context.RequestServices.GetRequiredService<ICredentials>().IsLive(caller.Id)
            ? caller
            : throw Unauthenticated();
    }

    public static LighthouseException Unauthenticated() =>
        new(ErrorCodes.Unauthenticated, "A valid key is needed: `Authorization: Bearer <key>`. This one is missing, unknown or revoked.");

    private static Caller Human(ClaimsIdentity identity)
    {
        var roles = Roles.None;
        foreach (var (word, role) in HumanRoles)
        {
            if (identity.HasClaim(identity.RoleClaimType, word))
            {
                roles |= role;
            }
        }

        return new Caller(identity.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "", CallerKind.Human, roles, identity.Name ?? "", null, null);
    }
}
