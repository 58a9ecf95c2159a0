using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Identity;

/// <summary>The switch as the log has it.</summary>
internal sealed class EmergencyStopRegistry(IChangeSignal signal, ILogger<EmergencyStopRegistry> log) : IEventFold
{
    private volatile State _state = new(Engaged: null, Version: 0);

    public State Current => _state;

    public IReadOnlyCollection<string> Types { get; } = [EventTypes.EmergencyStopEngaged, EventTypes.EmergencyStopReleased];

    public void Apply(StoredEvent stored)
    {
        if (stored.Type == EventTypes.EmergencyStopEngaged)
        {
            // Engaged even when its reason cannot be read: a stop never fails open.
            var reason = IdentityPayload.Read<EmergencyStopPayload>(stored.Payload)?.Reason;
            if (reason is null)
            {
                log.EventNotUnderstood(stored.Type, stored.Position);
            }

            _state = new State(new EmergencyStopState(stored.Actor, reason ?? "", stored.OccurredAt), stored.Version);
        }
        else
        {
            _state = new State(Engaged: null, stored.Version);
        }

        signal.Publish(ChangeTopic.System | ChangeTopic.Agents);
    }

    internal sealed record State(EmergencyStopState? Engaged, long Version);
}

internal sealed class EmergencyStop(EmergencyStopRegistry registry, IEventStore store, TimeProvider time, ILogger<EmergencyStop> log) : IEmergencyStop
{
    public EmergencyStopState? Engaged => registry.Current.Engaged;

    public async Task EngageAsync(Caller caller, string reason, CancellationToken cancellationToken)
    {
        KeyRules.MayStop(caller);
        if (await AppendAsync(caller, engage: true, NewKeyCheck.Reason(reason), cancellationToken))
        {
            log.EmergencyStopEngaged(caller.Actor);
        }
    }

    public async Task ReleaseAsync(Caller caller, CancellationToken cancellationToken)
    {
        KeyRules.MayReleaseStop(caller);
        FreshPassword.RequireHere(caller, time);
        if (await AppendAsync(caller, engage: false, "", cancellationToken))
        {
            log.EmergencyStopReleased(caller.Actor);
        }
    }

    private async Task<bool> AppendAsync(Caller caller, bool engage, string reason, CancellationToken cancellationToken)
    {
        var state = registry.Current;
        if (state.Engaged is not null == engage)
        {
            return false;
        }

        var type = engage ? EventTypes.EmergencyStopEngaged : EventTypes.EmergencyStopReleased;
        try
        {
            await store.AppendAsync(
                [new NewEvent(Streams.EmergencyStop, state.Version, type, caller.Actor, IdentityPayload.Write(new EmergencyStopPayload(reason)))], cancellationToken);
            return true;
        }
        catch (ConcurrencyException) when (registry.Current.Engaged is not null == engage)
        {
            // Two people pulled the same way at the same moment.
            return false;
        }
        catch (ConcurrencyException exception)
        {
            throw new LighthouseException(ErrorCodes.Conflict, "Somebody else moved the emergency stop at the same moment. Look again.", inner: exception);
        }
    }
}
