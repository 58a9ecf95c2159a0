using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Web.Security.Humans;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Bootstrap;

/// <summary>
/// Upgrades <c>identity.db</c>, creates what <see cref="BootstrapOptions"/> asks for, and, while no admin can sign in, prints a one-time
/// link. It runs after the event log is open and before the first request is taken.
/// </summary>
internal sealed class FirstStart(
    IServiceScopeFactory scopes, IAgentDirectory agents, HumanRecords records, IOptions<BootstrapOptions> bootstrap, IOptions<LighthouseOptions> options,
    HostRules hosts, TimeProvider time, ConsoleNotice console, IServer server, ILogger<FirstStart> log) : IHostedLifecycleService
{
    private const string Admin = "admin";
    private static readonly Caller System = Caller.System("bootstrap");

    private bool _adminCanSignIn;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Value.DataDirectory);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDatabase>().UpgradeAsync(cancellationToken);
        await EnsureRolesAsync(scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>());
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LighthouseUser>>();
        if (!users.Users.Any())
        {
            // Keys first: the human is what marks the first start as done, so one that was interrupted is taken up again.
            await CreateKeysAsync(cancellationToken);
            await CreateAdminAsync(users, cancellationToken);
        }

        _adminCanSignIn = (await users.GetUsersInRoleAsync(Admin)).Any(static user => user is { Disabled: false, PasswordHash: not null });
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];
        var address = addresses.Length > 0 ? addresses[0] : "http://localhost:5080";
        WarnOfHosts(addresses);
        var origin = BrowserOrigin(address);
        var own = OwnOrigin(address);
        if (_adminCanSignIn)
        {
            var better = own is null ? "" : $", better {own}";
            console.Write($"Lighthouse is at {origin}{better} (lost the way in? `lighthouse admin link` on this machine prints a one-time link)");
            return Task.CompletedTask;
        }

        var path = $"{SignInLinks.Path}?token={SignInLinks.Create(options.Value.DataDirectory, time)}";
        console.Write($"""
            Open {origin}{path}
            The link signs you in as the administrator, once, within an hour.
            """);
        if (own is not null)
        {
            console.Write($"""
                Better, under a name of its own, where no other program on localhost is sent your session:
                     {own}{path}
                """);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task EnsureRolesAsync(RoleManager<IdentityRole> roles)
    {
        foreach (var (word, _) in CallerExtensions.HumanRoles)
        {
            if (!await roles.RoleExistsAsync(word) && await roles.CreateAsync(new IdentityRole(word)) is { Succeeded: false } failed)
            {
                throw new InvalidOperationException($"The role {word} could not be stored: {string.Join(" ", failed.Errors.Select(static error => error.Description))}");
            }
        }
    }

    private async Task CreateKeysAsync(CancellationToken cancellationToken)
    {
        var known = agents.Keys().Select(static key => key.Name).ToHashSet();
        foreach (var (_, role, secret) in bootstrap.Value.Keys())
        {
            var name = $"bootstrap {role.ToString().ToLowerInvariant()}";
            // Also a revoked one counts: revoking is final, whatever the environment still says.
            if (known.Contains(name))
            {
                continue;
            }

            await agents.CreateKeyAsync(System, new NewKey { Name = name, Role = role, Owner = Admin, Secret = secret }, cancellationToken);
            log.Bootstrapped(name + " key");
        }
    }

    private async Task CreateAdminAsync(UserManager<LighthouseUser> users, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(bootstrap.Value.AdminPassword))
        {
            return;
        }

        var user = new LighthouseUser { UserName = Admin, CreatedAt = time.GetUtcNow() };
        await records.ChangedAsync(System.Actor, user, "created", [Admin], cancellationToken);
        var store = await users.CreateAsync(user, bootstrap.Value.AdminPassword);
        if (!store.Succeeded || !(await users.AddToRoleAsync(user, Admin)).Succeeded)
        {
            throw new InvalidOperationException(
                $"{BootstrapOptions.Section}:{nameof(BootstrapOptions.AdminPassword)} was refused: {string.Join(" ", store.Errors.Select(static error => error.Description))}");
        }

        log.Bootstrapped("user admin");
    }

    private void WarnOfHosts(string[] addresses)
    {
        if (!hosts.Allowed.SequenceEqual(HostRules.Standard))
        {
            return;
        }

        foreach (var address in addresses)
        {
            if (!BindingAddress.Parse(address).Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !HostRules.Standard.Contains(BindingAddress.Parse(address).Host))
            {
                log.HostsTooNarrow(address, string.Join(", ", hosts.Allowed));
            }
        }
    }

    /// <summary>Browsers take every name below <c>localhost</c> to this machine without asking anybody; null where Lighthouse does not answer to it.</summary>
    private string? OwnOrigin(string address)
    {
        var parsed = BindingAddress.Parse(address);
        return parsed.Scheme == "http" && IsHere(parsed.Host) && hosts.Allows(new HostString(HostRules.OwnName)) ? $"http://{HostRules.OwnName}:{parsed.Port}" : null;
    }

    private static bool IsHere(string host) =>
        host is "0.0.0.0" or "[::]" or "*" or "+" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (global::System.Net.IPAddress.TryParse(host, out var ip) && global::System.Net.IPAddress.IsLoopback(ip));

    /// <summary>An address that listens everywhere is no name to open.</summary>
    private static string BrowserOrigin(string address)
    {
        var parsed = BindingAddress.Parse(address);
        var host = parsed.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : parsed.Host;
        return $"{parsed.Scheme}://{host}:{parsed.Port}";
    }
}
