using Lighthouse.Client;
using Lighthouse.Contracts;

namespace Lighthouse.Cli.Load;

/// <summary>Open-loop load: a request is sent when it is due, not when the one before was answered, and its latency counts from then.</summary>
internal sealed class LoadRun(LoadPlan plan, TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        using var client = new LighthouseClient(plan.Server, plan.OperatorKey);
        var log = new RecordedDecisions(client);
        var before = await log.HeadAsync(cancellationToken);
        var tally = new LoadTally(plan.Requests);
        tell($"Connecting {plan.Agents} agents");
        await using (var fleet = await LoadFleet.ConnectAsync(plan, client, $"load-{time.GetUtcNow():yyyyMMdd-HHmmss}", cancellationToken))
        {
            tell($"Sending {plan.Rate:0.#} requests a second for {plan.Seconds} s");
            await SendAsync(fleet.Connections, tally, cancellationToken);
            await DrainAsync(tally, cancellationToken);
        }

        foreach (var (code, count) in tally.Refusals)
        {
            tell($"{count} refused: {code}");
        }

        foreach (var (what, count) in tally.Wrong)
        {
            tell($"{count} wrong: {what}");
        }

        tell("Looking for every acknowledged decision in the event log");
        return tally.Report(await log.MissingAsync(tally.Ids, before, cancellationToken));
    }

    private async Task SendAsync(IReadOnlyList<AgentConnection> agents, LoadTally tally, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var number = 0; number < plan.Requests; number++)
        {
            var due = start + (long)(number / plan.Rate * time.TimestampFrequency);
            while (time.GetTimestamp() < due)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken);
            }

            tally.Send();
            _ = AskAsync(agents[number % agents.Count], number, due, tally);
        }
    }

    private async Task AskAsync(AgentConnection agent, int number, long due, LoadTally tally)
    {
        var (request, accept) = LoadScript.Step(number);
        try
        {
            var decision = await agent.DecideAsync(request);
            tally.Answer(decision, request, accept, time.GetTimestamp() - due);
        }
        catch (LighthouseException refused)
        {
            tally.Refuse(refused.Code);
        }
        catch (Exception lost)
        {
            tally.Refuse(lost.GetType().Name);
        }
    }

    private async Task DrainAsync(LoadTally tally, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (tally.Pending > 0 && time.GetElapsedTime(since) < Grace)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }
}
