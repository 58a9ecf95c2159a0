using System.Diagnostics;
using System.Globalization;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Storage.Tests.Validation;

/// <summary><c>--decisions N</c> records N decisions, projects them and prints what that and the searches cost.</summary>
internal static class SearchSpeed
{
    public const string Argument = "--decisions";

    public static async Task<int> PrintAsync(int decisions)
    {
        await using var tower = new Tower();
        tower.Start(more: services => services.AddDecisionLog());
        for (var done = 0; done < decisions; done += 10_000)
        {
            await Task.WhenAll(Enumerable.Range(done, 10_000).Select(i => tower.AppendAsync(SampleDecision.Event(
                i.ToString("D8", CultureInfo.InvariantCulture), $"cat src/module-{i}/file-{i % 97}.txt | grep -n 'needle {i % 1009}' | head -20",
                i % 500 == 0 ? Verdict.Deny : Verdict.Allow))));
        }

        var log = tower.Services.GetRequiredService<IDecisionLog>();
        var began = Stopwatch.GetTimestamp();
        await tower.Services.GetRequiredService<DecisionProjection>().CatchUpAsync(CancellationToken.None);
        Console.WriteLine($"projected {decisions / Stopwatch.GetElapsedTime(began).TotalSeconds:F0} decisions/s");
        await PrintSearchAsync(log, "newest", new DecisionQuery());
        await PrintSearchAsync(log, "denied", new DecisionQuery(Verdict: Verdict.Deny));
        await PrintSearchAsync(log, "a common word", new DecisionQuery("grep"));
        await PrintSearchAsync(log, "one command", new DecisionQuery($"module-{decisions / 2}/"));
        await PrintSearchAsync(log, "nothing", new DecisionQuery("not-to-be-found"));
        began = Stopwatch.GetTimestamp();
        await log.FindAsync("00000007", CancellationToken.None);
        Console.WriteLine($"by id: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F2} ms");
        Console.WriteLine($"views.db {new FileInfo(Path.Combine(tower.Directory, "views.db")).Length / 1_048_576} MB, lighthouse.db {new FileInfo(tower.Database).Length / 1_048_576} MB");
        return 0;
    }

    private static async Task PrintSearchAsync(IDecisionLog log, string what, DecisionQuery query)
    {
        var began = Stopwatch.GetTimestamp();
        var page = await log.SearchAsync(query, CancellationToken.None);
        Console.WriteLine($"{what}: {page.Rows.Count} rows in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F1} ms");
    }
}
