using System.Security.Claims;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Keys;
using Microsoft.AspNetCore.Authentication;

namespace Lighthouse.Web.Security.Keys
{
    /// <summary>The identity of a verified API key.</summary>
    internal sealed class KeyIdentity(Caller caller) : ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, caller.Id), new Claim(ClaimTypes.Name, caller.Name)], ApiKeyHandler.Scheme)
    {
        public Caller Caller { get; } = caller;
    }
}

namespace Lighthouse.Web.Security
{
    internal static class CallerExtensions
    {
        /// <summary>The caller behind an API key; null for humans and strangers.</summary>
        public static Caller? FindCaller(this ClaimsPrincipal user) => user.Identities.OfType<KeyIdentity>().FirstOrDefault()?.Caller;

        public static Caller ToCaller(this ClaimsPrincipal user) =>
            user.FindCaller() ?? throw new LighthouseException(ErrorCodes.Unauthenticated, "This needs an API key.");

        public static Caller GetCaller(this HttpContext context) => context.User.ToCaller();

        /// <summary>For routes that answer failures themselves.</summary>
        /// <exception cref="LighthouseException"><c>unauthenticated</c> or <c>rate_limited</c> (too many failures from this address).</exception>
        public static async Task<Caller> AuthenticateKeyAsync(this HttpContext context)
        {
            var result = await context.AuthenticateAsync(ApiKeyHandler.Scheme);
            return result.Principal?.FindCaller() ?? throw ApiKeyHandler.Refusal(result.Failure);
        }
    }
}
