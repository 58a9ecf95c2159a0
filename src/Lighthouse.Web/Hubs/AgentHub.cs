using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Lighthouse.Web.Hubs;

/// <summary>Where agents connect. Every refusal reaches the agent as a hub error whose text starts with its code.</summary>
[Authorize(Policy = Policies.AgentHub)]
internal sealed class AgentHub(
    IValidationEngine engine, IEscalationInbox inbox, IAgentPresence presence, AgentConnections connections, AccessLimits limits, TimeProvider time)
    : Hub<IAgentClient>, IAgentHub
{
    private Caller Caller => Context.User!.ToCaller();

    public Task<Decision> Decide(DecisionRequest request)
    {
        var options = new DecideOptions(time.GetTimestamp());
        return engine.DecideAsync(Live(), request, options, Context.ConnectionAborted);
    }

    public Task<IReadOnlyList<Decision>> DecideMany(IReadOnlyList<DecisionRequest> requests)
    {
        var options = new DecideOptions(time.GetTimestamp());
        return engine.DecideManyAsync(Live(), requests, options, Context.ConnectionAborted);
    }

    public async Task WaitForDecision(string escalationId)
    {
        var caller = Live();
        limits.Call(caller);
        _ = await inbox.GetAsync(caller, escalationId, Context.ConnectionAborted);
        // The caller may see it. Subscribe, then look again: an answer that comes between the two is delivered, never missed.
        connections.Subscribe(escalationId, Context.ConnectionId);
        try
        {
            var escalation = await inbox.GetAsync(caller, escalationId, Context.ConnectionAborted);
            if (escalation.Decision is { } decision && connections.Unsubscribe(escalationId, Context.ConnectionId))
            {
                await Clients.Caller.DecisionMade(decision);
            }
        }
        catch
        {
            connections.Unsubscribe(escalationId, Context.ConnectionId);
            throw;
        }
    }

    public Task ReportOutcome(string decisionId, int exitCode, double durationMs) =>
        engine.ReportOutcomeAsync(Live(), decisionId, exitCode, durationMs, Context.ConnectionAborted);

    public Task Heartbeat()
    {
        var caller = Live();
        limits.Call(caller);
        presence.Heard(caller.Agent!.Id);
        return Task.CompletedTask;
    }

    public override Task OnConnectedAsync()
    {
        var caller = Caller;
        connections.Add(Context, caller.Id, caller.Agent!.Id);
        presence.Connected(caller.Agent.Id, Context.ConnectionId);
        if (!connections.IsLive(caller.Id))
        {
            // Revoked between authentication and now: the cut has already run and missed this connection.
            Context.Abort();
        }

        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context.ConnectionId);
        presence.Disconnected(Caller.Agent!.Id, Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private Caller Live()
    {
        var caller = Caller;
        if (!connections.IsLive(caller.Id))
        {
            Context.Abort();
            throw new LighthouseException(ErrorCodes.Unauthenticated, "This key has been revoked.");
        }

        return caller;
    }
}
