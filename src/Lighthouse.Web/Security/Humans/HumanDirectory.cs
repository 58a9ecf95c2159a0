using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Humans;

internal sealed class HumanDirectory(
    IServiceScopeFactory scopes, IReviewerDirectory reviewers, HumanRecords records, HumanChanges changes, IOptions<LighthouseOptions> options,
    TimeProvider time) : IHumanDirectory, IDisposable
{
    private const Roles ForHumans = Roles.Viewer | Roles.Expert | Roles.Operator | Roles.Admin;

    // One change at a time: two admins who demote each other at the same moment would leave none.
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<IReadOnlyList<HumanSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        var held = (await (
            from user in store.UserRoles
            join role in store.Roles on user.RoleId equals role.Id
            select new { user.UserId, role.Name }).ToListAsync(cancellationToken)).ToLookup(static one => one.UserId, static one => one.Name);
        var users = await store.Users.AsNoTracking().OrderBy(static user => user.UserName).ToListAsync(cancellationToken);
        return [.. users.Select(user => Summary(user, held[user.Id].Aggregate(Roles.None, static (roles, word) => roles | RoleWords.Parse(word))))];
    }

    public Task<Invitation> CreateAsync(Caller caller, string name, Roles roles, CancellationToken cancellationToken) =>
        ChangeAsync(caller, async users =>
        {
            Check(roles);
            var user = new LighthouseUser { UserName = name.Trim(), CreatedAt = time.GetUtcNow() };
            if (await users.FindByNameAsync(user.UserName) is not null)
            {
                throw new LighthouseException(ErrorCodes.Conflict, $"The name {user.UserName} is taken.");
            }

            Accept(await users.CreateAsync(user));
            Accept(await users.AddToRolesAsync(user, RoleWords.Of(roles)));
            await records.ChangedAsync(caller.Actor, user, "created", RoleWords.Of(roles), cancellationToken);
            return Invite(Summary(user, roles));
        }, cancellationToken);

    public Task<Invitation> InviteAsync(Caller caller, string userId, CancellationToken cancellationToken) =>
        ChangeAsync(caller, async users =>
        {
            var user = await FindAsync(users, userId);
            await records.ChangedAsync(caller.Actor, user, "invited", roles: null, cancellationToken);
            return Invite(Summary(user, await RolesAsync(users, user)));
        }, cancellationToken);

    public Task SetRolesAsync(Caller caller, string userId, Roles roles, CancellationToken cancellationToken) =>
        ChangeAsync(caller, async users =>
        {
            Check(roles);
            var user = await FindAsync(users, userId);
            var before = await RolesAsync(users, user);
            if (before.HasFlag(Roles.Admin) && !roles.HasFlag(Roles.Admin))
            {
                await KeepAnAdminAsync(users, user);
            }

            // Recorded first: a change that is in force but not in the log must not exist.
            await records.ChangedAsync(caller.Actor, user, "roles", RoleWords.Of(roles), cancellationToken);
            Accept(await users.RemoveFromRolesAsync(user, RoleWords.Of(before & ~roles)));
            Accept(await users.AddToRolesAsync(user, RoleWords.Of(roles & ~before)));
            return await EndSessionsAsync(users, user);
        }, cancellationToken);

    public Task SetDisabledAsync(Caller caller, string userId, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(caller, async users =>
        {
            var user = await FindAsync(users, userId);
            if (disabled && (await RolesAsync(users, user)).HasFlag(Roles.Admin))
            {
                await KeepAnAdminAsync(users, user);
            }

            await records.ChangedAsync(caller.Actor, user, disabled ? "disabled" : "enabled", roles: null, cancellationToken);
            user.Disabled = disabled;
            Accept(await users.UpdateAsync(user));
            return await EndSessionsAsync(users, user);
        }, cancellationToken);

    public void Dispose() => _one.Dispose();

    private async Task<T> ChangeAsync<T>(Caller caller, Func<UserManager<LighthouseUser>, Task<T>> change, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Live, not as the session says; and no key: a machine does not make humans.
            if (caller.Kind != CallerKind.Human || !(await reviewers.RolesOfAsync(caller.Id, cancellationToken)).HasFlag(Roles.Admin))
            {
                throw new LighthouseException(ErrorCodes.Forbidden, "Only a human admin may change people.");
            }

            FreshPassword.RequireHere(caller, time);
            await using var scope = scopes.CreateAsyncScope();
            return await change(scope.ServiceProvider.GetRequiredService<UserManager<LighthouseUser>>());
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<bool> EndSessionsAsync(UserManager<LighthouseUser> users, LighthouseUser user)
    {
        Accept(await users.UpdateSecurityStampAsync(user));
        changes.Publish(user.Id);
        return true;
    }

    private static async Task KeepAnAdminAsync(UserManager<LighthouseUser> users, LighthouseUser leaving)
    {
        var admins = await users.GetUsersInRoleAsync("admin");
        if (!admins.Any(one => one.Id != leaving.Id && one is { Disabled: false, PasswordHash: not null }))
        {
            throw new LighthouseException(ErrorCodes.Conflict, $"{leaving.UserName} is the last admin who can sign in; make another one first.");
        }
    }

    private Invitation Invite(HumanSummary human) => new(human, SignInLinks.Create(options.Value.DataDirectory, time, human.Name));

    private static async Task<LighthouseUser> FindAsync(UserManager<LighthouseUser> users, string userId) =>
        await users.FindByIdAsync(userId) ?? throw new LighthouseException(ErrorCodes.NotFound, "There is no such human.");

    private static async Task<Roles> RolesAsync(UserManager<LighthouseUser> users, LighthouseUser user) =>
        (await users.GetRolesAsync(user)).Aggregate(Roles.None, static (roles, word) => roles | RoleWords.Parse(word));

    private static HumanSummary Summary(LighthouseUser user, Roles roles) =>
        new(user.Id, user.UserName!, roles, user.Disabled, user.PasswordHash is not null, user.CreatedAt);

    private static void Check(Roles roles)
    {
        if (roles == Roles.None || (roles & ~ForHumans) != 0)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, "A human has at least one of the roles viewer, expert, operator, admin.");
        }
    }

    private static void Accept(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, string.Join(" ", result.Errors.Select(static error => error.Description)));
        }
    }
}
