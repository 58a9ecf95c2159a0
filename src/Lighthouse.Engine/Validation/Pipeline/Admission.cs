using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.RateLimiting.Contracts;
using Lighthouse.Engine.Validation.Coherence;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Who may ask, how often, and whether anybody may at all.</summary>
internal sealed class Admission(
    IRequestLimiter limiter, IAgentDirectory agents, IEmergencyStop stop, IAgentPresence presence, TruthFollower truth, TimeProvider time, ILogger<Admission> logger)
{
    /// <summary>Checks the caller, the rate and each request, before any work is done.</summary>
    /// <exception cref="LighthouseException">What was wrong; nothing was decided.</exception>
    public AgentIdentity Admit(Caller caller, IReadOnlyList<DecisionRequest> requests)
    {
        if (caller.Agent is not { } agent)
        {
            throw Refuse(new LighthouseException(ErrorCodes.Forbidden, "Only an agent's key can ask for decisions."));
        }

        if (requests.Count > Limits.BatchRequests)
        {
            throw Refuse(new LighthouseException(ErrorCodes.BatchTooLarge, $"A batch holds at most {Limits.BatchRequests} requests; this one has {requests.Count}."));
        }

        if (!limiter.TryAcquire(caller, Math.Max(1, requests.Count), out var retryAfter))
        {
            throw Refuse(new LighthouseException(
                ErrorCodes.RateLimited, $"Too many requests from this agent; try again in {retryAfter.TotalSeconds:0} s.", retryAfter));
        }

        if (!truth.IsCurrent(time.GetTimestamp()))
        {
            // A policy, a suspension or the stop may be in force that this node has not read: judging by what it knows would be an old answer.
            throw Refuse(new LighthouseException(
                ErrorCodes.StorageUnavailable, "This node cannot read what others wrote to the event log. Nothing was decided; try again in a moment.", TimeSpan.FromSeconds(1)));
        }

        for (var i = 0; i < requests.Count; i++)
        {
            try
            {
                RequestCheck.Ensure(requests[i]);
            }
            catch (LighthouseException exception)
            {
                throw Refuse(requests.Count == 1 ? exception : new LighthouseException(exception.Code, $"Request {i} of the batch: {exception.Message}"));
            }
        }

        presence.Heard(agent.Id);
        return agent;
    }

    /// <summary>A deny for everything, while the emergency stop is engaged or the agent is suspended.</summary>
    public TierVerdict? Halted(AgentIdentity agent) =>
        stop.Engaged is { } engaged ? Halt("system:emergency-stop", $"Emergency stop by {engaged.By}: {engaged.Reason}")
        : agents.IsSuspended(agent.Id) ? Halt("system:suspended", $"Agent {agent.Name} is suspended: {agents.Find(agent.Id)?.SuspendedReason}")
        : null;

    /// <summary>Logs a refusal and hands it back to be thrown.</summary>
    public LighthouseException Refuse(LighthouseException exception)
    {
        logger.RequestRefused(exception.Code);
        return exception;
    }

    private static TierVerdict Halt(string policy, string reason) =>
        new(Verdict.Deny, DecisionTier.FailClosed, reason, Risk.High, [], [policy], null);
}
