using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Features.Demo;

/// <summary>The virtual agents' identities. They keep their agent over restarts and get a fresh key each time.</summary>
internal sealed class DemoKeys(IAgentDirectory directory)
{
    // No human can have this user name, so an agent that somebody named "demo-…" is never taken for one of these.
    private const string Owner = "(demo)";
    private const string Prefix = "demo-";

    private static readonly Caller Demo = new("demo", CallerKind.System, Roles.Admin, "demo", null, null);

    public async Task<CreatedKey> CreateAsync(string name, string workspace, CancellationToken cancellationToken)
    {
        var label = Prefix + name;
        var known = directory.Agents().FirstOrDefault(agent => agent.Owner == Owner && agent.Name == label);
        var key = new NewKey { Name = label, Role = Roles.Agent, Owner = Owner, AgentId = known?.Id, WorkspaceRoots = [workspace] };
        return await directory.CreateKeyAsync(Demo, key, cancellationToken);
    }

    /// <summary>Ends every key of this and earlier demos; a process that was killed leaves some behind.</summary>
    public async Task RevokeAllAsync(CancellationToken cancellationToken)
    {
        foreach (var key in directory.Keys().Where(static key => key.Owner == Owner && key.RevokedAt is null).ToArray())
        {
            await directory.RevokeKeyAsync(Demo, key.KeyId, "the demo ended", cancellationToken);
        }
    }
}
