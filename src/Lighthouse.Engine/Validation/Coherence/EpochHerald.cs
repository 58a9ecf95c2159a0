using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>
/// Tells the other nodes to look at the log at once when an agent, a key, the emergency stop or a grant changed. Policies tell it themselves,
/// because their change also ends what is remembered. A grant that runs out needs no telling: every node knows until when it lasts.
/// </summary>
internal sealed class EpochHerald(IEpochs epochs) : IEventFold
{
    private bool _live;

    public IReadOnlyCollection<string> Types { get; } =
    [
        EventTypes.AgentCreated, EventTypes.AgentSuspended, EventTypes.AgentResumed, EventTypes.KeyCreated, EventTypes.KeyRevoked,
        EventTypes.EmergencyStopEngaged, EventTypes.EmergencyStopReleased, EventTypes.GrantCreated, EventTypes.GrantConsumed, EventTypes.GrantRevoked,
    ];

    public void Apply(StoredEvent stored)
    {
        // What is read at the start is old news: whoever follows the log has it.
        if (_live)
        {
            epochs.Advance(stored.Type is EventTypes.GrantCreated or EventTypes.GrantConsumed or EventTypes.GrantRevoked ? EpochKind.Grants : EpochKind.Agents);
        }
    }

    public void Live() => _live = true;
}
