using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lighthouse.Web.Security.Humans;

/// <summary>Humans as they stand in the database at this moment; no session and no cache has a say.</summary>
internal sealed class ReviewerDirectory(IDbContextFactory<IdentityDatabase> stores) : IReviewerDirectory
{
    public async ValueTask<Roles> RolesOfAsync(string userId, CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        var words = await (
            from user in store.Users
            join held in store.UserRoles on user.Id equals held.UserId
            join role in store.Roles on held.RoleId equals role.Id
            where user.Id == userId && !user.Disabled
            select role.Name).ToListAsync(cancellationToken);
        return words.Aggregate(Roles.None, static (roles, word) => roles | RoleWords.Parse(word));
    }

    public async ValueTask<bool> AnyOtherReviewerAsync(string userName, CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        // Somebody invited who never came cannot answer, so they do not count.
        return await (
            from user in store.Users
            join held in store.UserRoles on user.Id equals held.UserId
            join role in store.Roles on held.RoleId equals role.Id
            where user.UserName != userName && !user.Disabled && user.PasswordHash != null && (role.Name == "expert" || role.Name == "admin")
            select user.Id).AnyAsync(cancellationToken);
    }
}

internal static class RoleWords
{
    public static Roles Parse(string? word) => CallerExtensions.HumanRoles.FirstOrDefault(one => one.Word == word).Role;

    public static IReadOnlyList<string> Of(Roles roles) =>
        [.. CallerExtensions.HumanRoles.Where(one => roles.HasFlag(one.Role)).Select(static one => one.Word)];
}
