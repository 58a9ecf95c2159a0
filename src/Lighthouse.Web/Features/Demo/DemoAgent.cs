using System.Text.Json;
using Lighthouse.Client;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Features.Demo;

/// <summary>One virtual agent: a real client of the real hub that works through its script with pauses like a human's helper.</summary>
internal sealed class DemoAgent(AgentConnection connection, DemoScript script, double meanPauseSeconds, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Random _random = new();
    private readonly string _session = Guid.NewGuid().ToString("N");

    public async Task RunAsync(CancellationToken stopping)
    {
        // Started together they would ask together.
        await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * meanPauseSeconds), time, stopping);
        await connection.StartAsync(stopping);
        while (true)
        {
            try
            {
                await StepAsync(stopping);
            }
            catch (LighthouseException refusal)
            {
                log.DemoAgentRefused(refusal.Code);
            }
            catch (IOException)
            {
                log.DemoAgentLostConnection();
            }

            await Task.Delay(Pause(), time, stopping);
        }
    }

    private async Task StepAsync(CancellationToken stopping)
    {
        var decision = await connection.DecideAsync(
            new DecisionRequest
            {
                Tool = "Bash",
                Input = JsonSerializer.SerializeToElement(new { command = Next() }, LighthouseJson.Options),
                WorkingDirectory = script.Workspace,
                SessionId = _session,
            },
            stopping);
        if (decision.EscalationId is { } escalation && decision.Verdict == Verdict.Escalate)
        {
            await WaitAsync(escalation, stopping);
        }
    }

    /// <summary>As a held call: nothing else happens until somebody answers or the patience ends.</summary>
    private async Task WaitAsync(string escalation, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            await connection.WaitForDecisionAsync(escalation, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            log.DemoAgentGoesOn();
        }
    }

    /// <summary>Zipf's law: the n-th step comes a n-th as often as the first.</summary>
    private string Next()
    {
        var total = 0.0;
        for (var n = 1; n <= script.Steps.Count; n++)
        {
            total += 1.0 / n;
        }

        var point = _random.NextDouble() * total;
        for (var n = 1; n < script.Steps.Count; n++)
        {
            point -= 1.0 / n;
            if (point < 0)
            {
                return script.Steps[n - 1];
            }
        }

        return script.Steps[^1];
    }

    // Exponential: mostly short, now and then long; at least a quarter of the mean, so that the rate stays bounded.
    private TimeSpan Pause() =>
        TimeSpan.FromSeconds(meanPauseSeconds * (0.25 + 0.75 * -Math.Log(1 - _random.NextDouble())));
}
