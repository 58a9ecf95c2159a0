using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Policies;

/// <summary>What a set would have said to recorded requests: progress, counts and every change.</summary>
public sealed class DryRunViewModel(IPolicySets sets, ICurrentCaller currentCaller, TimeProvider time) : IDisposable
{
    // A page keeps so many; the counts go on.
    private const int MostChanges = 5_000;

    // A run looks at hundreds of decisions between two steps; a person sees four of them a second.
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(250);

    private readonly List<DryRunChange> _changes = [];
    private CancellationTokenSource? _running;

    public static IReadOnlyList<int> Sizes { get; } = [1_000, 10_000, 100_000];

    public int Decisions { get; set; } = 10_000;

    /// <summary>How far back, in days; 0 for as far as there is.</summary>
    public int Days { get; set; }
    public bool Running => _running is not null;
    public bool Finished { get; private set; }
    public bool Cancelled { get; private set; }
    public DryRunStep? Progress { get; private set; }

    /// <summary>The active version that the run compared with, and in words what it tried.</summary>
    public int Against { get; private set; }
    public string? Tried { get; private set; }

    /// <summary>The text that was tried: a result about another text says nothing about this one.</summary>
    public PolicySetDocument? TriedDocument { get; private set; }
    public IReadOnlyList<DryRunChange> Changes => _changes;
    public int Total => Progress?.Totals.Values.Sum() ?? 0;
    public Problem? Problem { get; private set; }

    /// <param name="shown">Called when there is something new to show, on another thread.</param>
    public async Task RunAsync(PolicySetDocument document, string tried, Func<Task> shown)
    {
        Cancel();
        using var running = new CancellationTokenSource();
        _running = running;
        _changes.Clear();
        (Progress, Problem, Finished, Cancelled) = (null, null, false, false);
        (Against, Tried, TriedDocument) = (sets.ActiveVersion, tried, document);
        try
        {
            var caller = await currentCaller.GetAsync();
            var plan = new DryRunPlan
            {
                // A set without policies is no set: nothing has to be loaded to try it.
                Version = string.IsNullOrWhiteSpace(document.Text) ? 0 : null,
                Document = document,
                Decisions = Decisions,
                Since = Days == 0 ? null : time.GetUtcNow().AddDays(-Days),
            };
            // Judging takes a processor; the circuit's own thread stays free for the page.
            await Task.Run(() => ReadAsync(plan, caller, shown, running.Token), running.Token);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            Cancelled = true;
        }
        catch (LighthouseException exception)
        {
            Problem = Problem.From(exception);
        }
        finally
        {
            if (_running == running)
            {
                _running = null;
            }
        }
    }

    public void Cancel() => _running?.Cancel();

    public void Dispose() => Cancel();

    private async Task ReadAsync(DryRunPlan plan, Engine.Identity.Contracts.Caller caller, Func<Task> shown, CancellationToken cancellationToken)
    {
        var last = time.GetTimestamp();
        await foreach (var step in sets.DryRunAsync(caller, plan, cancellationToken))
        {
            lock (_changes)
            {
                _changes.AddRange(step.Changes.Take(MostChanges - _changes.Count));
            }

            Progress = step;
            Finished = step.Finished;
            if (time.GetElapsedTime(last) >= ShowEvery)
            {
                last = time.GetTimestamp();
                await shown();
            }
        }
    }
}
