using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.Identity;

internal sealed class IdentityGauges(IAgentPresence presence, IEmergencyStop stop) : IGaugeSource
{
    public IEnumerable<Gauge> Read() =>
    [
        new("lighthouse_agents_connected", "Agents connected through the hub.", presence.ConnectedAgents),
        new("lighthouse_emergency_stop", "1 while the emergency stop is engaged, else 0.", stop.Engaged is null ? 0 : 1),
    ];
}
