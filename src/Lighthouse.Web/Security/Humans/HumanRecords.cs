using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Web.Security.Humans;

/// <param name="Change"><c>created</c>, <c>roles</c>, <c>disabled</c>, <c>enabled</c>, <c>invited</c> or <c>password</c>.</param>
internal sealed record HumanChangedPayload(string UserId, string User, string Change, IReadOnlyList<string>? Roles = null, int V = 1);

/// <param name="How"><c>password</c>, <c>link</c> or <c>confirmed</c> (the password again, for a dangerous answer).</param>
internal sealed record HumanSignedInPayload(string UserId, string User, string How, int V = 1);

/// <summary>What happens to humans, in the event log.</summary>
internal sealed class HumanRecords(IEventStore store, ILogger<HumanRecords> log)
{
    public async Task ChangedAsync(string actor, LighthouseUser user, string change, IReadOnlyList<string>? roles, CancellationToken cancellationToken)
    {
        await AppendAsync(user, EventTypes.HumanChanged, actor, new HumanChangedPayload(user.Id, user.UserName!, change, roles), cancellationToken);
        log.HumanChanged(actor, user.UserName!, change);
    }

    public async Task SignedInAsync(LighthouseUser user, string how, CancellationToken cancellationToken)
    {
        try
        {
            await AppendAsync(user, EventTypes.HumanSignedIn, "human:" + user.UserName, new HumanSignedInPayload(user.Id, user.UserName!, how), cancellationToken);
        }
        catch (LighthouseException exception)
        {
            // Nothing can be decided or changed while the store does not write, but whoever repairs it has to get in.
            log.SignInNotRecorded(exception, user.UserName!);
        }

        log.SignedIn(user.UserName!, how);
    }

    private async Task AppendAsync<T>(LighthouseUser user, string type, string actor, T payload, CancellationToken cancellationToken) =>
        await store.AppendAsync(
            [new NewEvent("human-" + user.Id, null, type, actor, JsonSerializer.SerializeToUtf8Bytes(payload, LighthouseJson.Options))], cancellationToken);
}
