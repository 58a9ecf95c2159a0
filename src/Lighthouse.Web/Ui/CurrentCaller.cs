using System.Security.Claims;
using Lighthouse.Engine.Identity.Contracts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Lighthouse.Web.Ui;

internal sealed class CurrentCaller(AuthenticationStateProvider authentication, IServiceProvider services) : ICurrentCaller
{
    public async ValueTask<Caller> GetAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var roles = Roles.None;
        foreach (var role in RoleNames.Humans)
        {
            if (user.IsInRole(role) && Enum.TryParse<Roles>(role, ignoreCase: true, out var flag))
            {
                roles |= flag;
            }
        }

        return new Caller(id, CallerKind.Human, roles, user.Identity?.Name ?? "", null, null)
        {
            Proof = services.GetService<IFreshSignIn>() is { } signIn ? await signIn.ProofAsync() : null,
        };
    }
}
