using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Web.Security.Humans;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security;

/// <summary>
/// Brings a new data directory to where somebody can sign in: the schema, the roles, and either what <c>Bootstrap</c> says or a one-time
/// link on the console. There is no default secret.
/// </summary>
internal sealed class Bootstrap(
    IServiceScopeFactory scopes, IAgentDirectory agents, IOptions<BootstrapOptions> bootstrap, IOptions<LighthouseOptions> lighthouse,
    IServer server, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedService
{
    public const string Admin = "admin";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDatabase>().Database.MigrateAsync(cancellationToken);
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        foreach (var role in RoleNames.Humans)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                Ensure(await roles.CreateAsync(new IdentityRole(role)), "role " + role);
            }
        }

        var users = scope.ServiceProvider.GetRequiredService<UserManager<LighthouseUser>>();
        if (bootstrap.Value.AdminPassword is { Length: > 0 } password && !await users.Users.AnyAsync(cancellationToken))
        {
            var admin = await CreateAdminAsync(users);
            if (await users.AddPasswordAsync(admin, password) is { Succeeded: false } weak)
            {
                await users.DeleteAsync(admin);
                Ensure(weak, BootstrapOptions.Section + ":AdminPassword");
            }
        }

        await CreateKeyAsync(bootstrap.Value.AgentKey, "AgentKey", Roles.Agent, cancellationToken);
        await CreateKeyAsync(bootstrap.Value.ExpertKey, "ExpertKey", Roles.Expert, cancellationToken);
        await CreateKeyAsync(bootstrap.Value.OperatorKey, "OperatorKey", Roles.Operator, cancellationToken);
        if (!await CanAdminSignInAsync(users))
        {
            lifetime.ApplicationStarted.Register(PrintLink);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The administrator, made if there is none.</summary>
    public static async Task<LighthouseUser> CreateAdminAsync(UserManager<LighthouseUser> users)
    {
        var admin = new LighthouseUser { UserName = Admin };
        Ensure(await users.CreateAsync(admin), "user " + Admin);
        Ensure(await users.AddToRoleAsync(admin, "admin"), "user " + Admin);
        return admin;
    }

    private static async Task<bool> CanAdminSignInAsync(UserManager<LighthouseUser> users)
    {
        foreach (var admin in await users.GetUsersInRoleAsync("admin"))
        {
            if (!admin.Disabled && await users.HasPasswordAsync(admin))
            {
                return true;
            }
        }

        return false;
    }

    private async Task CreateKeyAsync(string? secret, string setting, Roles role, CancellationToken cancellationToken)
    {
        var name = "bootstrap " + role.ToString().ToLowerInvariant();
        if (string.IsNullOrEmpty(secret) || agents.Keys().Any(key => key.Name == name))
        {
            return;
        }

        try
        {
            await agents.CreateKeyAsync(
                Caller.System("bootstrap") with { Roles = Roles.Admin }, new NewKey { Name = name, Role = role, Owner = Admin, Secret = secret }, cancellationToken);
        }
        catch (LighthouseException refused) when (refused.Code == ErrorCodes.InvalidField)
        {
            throw new InvalidOperationException($"{BootstrapOptions.Section}:{setting}: {refused.Message}", refused);
        }
    }

    private void PrintLink()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        var host = address.Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
        var token = SignInLinks.Create(lighthouse.Value.DataDirectory, time);
        Console.WriteLine();
        Console.WriteLine("  Nobody can sign in yet. Open this link within an hour; it works once:");
        Console.WriteLine($"  {host}{SignInLinks.Path}?token={token}");
        Console.WriteLine();
    }

    private static void Ensure(IdentityResult result, string what)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"{what}: {string.Join(" ", result.Errors.Select(e => e.Description))}");
        }
    }
}
