using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.SpeedLayer;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Overview;

/// <summary>One reading of everything that the wall shows.</summary>
public sealed class OverviewViewModel(
    IFigures figures, IEscalationInbox inbox, IAgentPresence presence, IAgentDirectory agents, IEventStore store, IDecisionLog log, ISpeedLayer layer)
{
    private static readonly TimeSpan SparkSpan = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SparkStep = TimeSpan.FromSeconds(30);

    public string Window { get; private set; } = FigureWindows.Default;
    public StoreHealth Health { get; private set; } = StoreHealth.Unknown;
    public IReadOnlyList<ComponentLine> Components { get; private set; } = [];
    public IReadOnlyList<TierStep> Tiers { get; private set; } = [];
    public VerdictMix Verdicts { get; private set; } = new(0, 0, 0);
    public ComponentLine? Engine { get; private set; }
    public double? HitRatio { get; private set; }
    public int OpenEscalations { get; private set; }
    public int ConnectedAgents { get; private set; }
    public int KnownAgents { get; private set; }

    /// <summary>True until an agent key exists: then the three first steps stand in place of the wall.</summary>
    public bool IsFirstStart { get; private set; }
    public IReadOnlyList<ConnectedAgent> Connected { get; private set; } = [];

    public void ShowWindow(string? window)
    {
        Window = FigureWindows.Of(window);
        Refresh();
    }

    public void Refresh()
    {
        var known = agents.Agents();
        IsFirstStart = known.Count == 0;
        KnownAgents = known.Count;
        ConnectedAgents = presence.ConnectedAgents;
        OpenEscalations = inbox.OpenCount;
        Health = StoreHealth.Of(store.Health, log.Lag);
        Verdicts = figures.Verdicts(Window);
        Components = ReadComponents();
        Engine = Components.FirstOrDefault(line => line.Name == ComponentNames.ValidationEngine);
        var tiers = figures.Tiers();
        Tiers = TierStep.Of(layer.Tiers(), tiers, Window);
        HitRatio = tiers.FirstOrDefault(tier => tier.Tier == "memory")?.Windows.FirstOrDefault(one => one.Window == Window)?.HitRatio;
        Connected = [.. known
            .Where(agent => presence.Connections(agent.Id) > 0)
            .Select(agent => new ConnectedAgent(agent.Id, agent.Name, presence.LastHeard(agent.Id)))
            .OrderByDescending(agent => agent.LastHeard)
            .Take(6)];
    }

    private IReadOnlyList<ComponentLine> ReadComponents() =>
        [.. figures.Components().Select(component => new ComponentLine(
            component.Component,
            component.Windows.FirstOrDefault(window => window.Window == Window),
            component.Windows.Count == 0 ? [] : figures.Series(component.Component, SparkSpan, SparkStep)))];
}

public sealed record ConnectedAgent(string Id, string Name, DateTimeOffset? LastHeard);
