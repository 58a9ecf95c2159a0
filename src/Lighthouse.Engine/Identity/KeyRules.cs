using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Identity;

/// <summary>
/// Who may do what to keys and agents. Two ideas: what tightens is open to every operator (the one who is awake at night), what opens
/// is not; and nobody hands out more than they hold.
/// </summary>
internal static class KeyRules
{
    public static void MayCreate(Caller caller, Roles role, string owner)
    {
        if (caller.Kind == CallerKind.System || caller.Is(Roles.Admin))
        {
            return;
        }

        Require(role == Roles.Agent, "Only an admin may create keys other than agent keys.");
        Require(caller.Is(Roles.Operator), "Only an operator or an admin may create agent keys.");
        // The owner answers for the agent and is kept from approving its dangerous requests. Whoever could name somebody else would
        // escape that rule.
        Require(owner == Responsible(caller), "An operator creates agents under their own name; an admin may name another owner.");
    }

    public static void MayRevoke(Caller caller, KeyRecord key) => Require(
        caller.Is(Roles.Admin) || (key.Role == Roles.Agent && caller.Is(Roles.Operator)) || IsOwner(caller, key.Owner),
        "Only an admin, the key's owner or, for agent keys, an operator may revoke this key.");

    public static void MaySuspend(Caller caller, AgentRecord agent) => Require(
        caller.Is(Roles.Operator) || IsOwner(caller, agent.Owner), "Only an operator, an admin or the agent's owner may suspend an agent.");

    public static void MayResume(Caller caller) =>
        Require(caller.Is(Roles.Operator), "Only an operator or an admin may resume an agent.");

    public static void MayStop(Caller caller) =>
        Require(caller.Is(Roles.Operator | Roles.Expert), "Only an expert, an operator or an admin may engage the emergency stop.");

    public static void MayReleaseStop(Caller caller) =>
        Require(caller.Is(Roles.Operator), "Only an operator or an admin may release the emergency stop.");

    private static string Responsible(Caller caller) => caller.Kind == CallerKind.Human ? caller.Name : caller.Owner ?? "";

    // A human's own keys only: the key of an agent must not undo or stop another agent of the same owner.
    private static bool IsOwner(Caller caller, string owner) => caller.Kind == CallerKind.Human && caller.Roles != Roles.None && caller.Name == owner;

    private static void Require(bool held, string otherwise)
    {
        if (!held)
        {
            throw new LighthouseException(ErrorCodes.Forbidden, otherwise);
        }
    }
}
