using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>Reads the live roles from the database at every vote: what the cookie says may be a minute old.</summary>
internal sealed class HumanReviewers(IServiceScopeFactory scopes) : IReviewerDirectory
{
    public async ValueTask<Roles> RolesOfAsync(string userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LighthouseUser>>();
        if (await users.FindByIdAsync(userId) is not { Disabled: false } user)
        {
            return Roles.None;
        }

        var roles = Roles.None;
        foreach (var name in await users.GetRolesAsync(user))
        {
            if (RoleNames.Humans.Contains(name) && Enum.TryParse<Roles>(name, ignoreCase: true, out var role))
            {
                roles |= role;
            }
        }

        return roles;
    }

    public async ValueTask<bool> AnyOtherReviewerAsync(string userName, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LighthouseUser>>();
        foreach (var role in RoleNames.Voters.Split(','))
        {
            if ((await users.GetUsersInRoleAsync(role)).Any(user => !user.Disabled && user.UserName != userName))
            {
                return true;
            }
        }

        return false;
    }
}
