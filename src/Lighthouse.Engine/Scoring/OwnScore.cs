using System.Reflection;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Scoring.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Scoring;

/// <summary>Runs the embedded cases through the running judgement once, beside the start and not before it.</summary>
internal sealed class OwnScore(ICommandScorer scorer, IChangeSignal changes, TimeProvider time, ILogger<OwnScore> log) : BackgroundService, IBuildScore
{
    public const string Cases = "own-commands.jsonl";

    public static string Build { get; } =
        typeof(OwnScore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public BuildScore? Current { get; private set; }
    public string? Problem { get; private set; }

    public void Count()
    {
        try
        {
            using var cases = typeof(OwnScore).Assembly.GetManifestResourceStream(Cases) ?? throw new InvalidOperationException("The build carries no cases.");
            var started = time.GetTimestamp();
            var report = scorer.Score(cases);
            Current = new BuildScore(report, Build, time.GetUtcNow(), time.GetElapsedTime(started));
            if (!report.Passes)
            {
                log.BelowLimits(report.MissedDanger.Failed, report.Friction.Failed, report.FalseDeny.Failed);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The gate works without its score, whatever went wrong with it; the page says that there is none, and why.
            Problem = exception.Message;
            log.NotCounted(exception);
        }

        changes.Publish(ChangeTopic.System);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the path of the start, which waits for the first part of every hosted service.
        await Task.Yield();
        Count();
    }
}
