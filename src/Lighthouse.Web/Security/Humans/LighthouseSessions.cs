using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Humans;

/// <summary>ASP.NET Core Identity's sessions, closed to disabled humans.</summary>
internal sealed class LighthouseSessions(
    UserManager<LighthouseUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<LighthouseUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<LighthouseUser>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<LighthouseUser> confirmation)
    : SignInManager<LighthouseUser>(users, http, claims, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(LighthouseUser user) => !user.Disabled && await base.CanSignInAsync(user);

    public override async Task<LighthouseUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { Disabled: false } user ? user : null;
}
