using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Decisions;

/// <summary>The log as a window that grows downwards while one scrolls, and upwards only when nobody reads.</summary>
public sealed class DecisionsViewModel(IDecisionLog log)
{
    private const int PageLength = 50;

    // A reader who scrolls further than this searches better with a filter; it also bounds what a circuit keeps.
    private const int MostRows = 5000;

    private readonly List<DecisionRow> _rows = [];
    private long? _next;
    private bool _started;

    public DecisionFilter Filter { get; private set; } = new(null, null, null, null);
    public int Loaded => _rows.Count;

    /// <summary>Decisions newer than the first row, which are not shown because somebody reads.</summary>
    public bool HasNewer { get; private set; }

    /// <summary>Set while the pointer is in the list or it is scrolled down.</summary>
    public bool Hold { get; set; }
    public Problem? Problem { get; private set; }
    public bool IsEmpty => _started && _rows.Count == 0 && Problem is null;
    public bool IsFull => _rows.Count >= MostRows;

    public async Task ShowAsync(DecisionFilter filter)
    {
        Filter = filter;
        await ReloadAsync();
    }

    public async Task ReloadAsync()
    {
        var page = await SearchAsync(null);
        _rows.Clear();
        _rows.AddRange(page.Rows);
        _next = page.NextBefore;
        _started = true;
        HasNewer = false;
    }

    /// <summary>True when the rows changed.</summary>
    public async Task<bool> RefreshAsync()
    {
        var page = await SearchAsync(null);
        var newest = _rows.Count == 0 ? 0 : _rows[0].Position;
        var newer = page.Rows.TakeWhile(row => row.Position > newest).ToList();
        if (newer.Count == 0)
        {
            return false;
        }

        if (Hold && _rows.Count > 0)
        {
            HasNewer = true;
            return false;
        }

        if (newer.Count == page.Rows.Count)
        {
            // Perhaps more than a page arrived: starting again leaves no gap.
            _rows.Clear();
            _next = page.NextBefore;
        }

        _rows.InsertRange(0, newer);
        HasNewer = false;
        return true;
    }

    /// <summary>Rows for a virtualised list; reads on as far as needed.</summary>
    public async Task<(IReadOnlyList<DecisionRow> Rows, int Total)> WindowAsync(int start, int count)
    {
        while (_next is not null && _rows.Count < start + count && !IsFull)
        {
            var page = await SearchAsync(_next);
            _rows.AddRange(page.Rows);
            _next = page.NextBefore;
            if (page.Rows.Count == 0)
            {
                break;
            }
        }

        var more = _next is not null && !IsFull ? PageLength : 0;
        return ([.. _rows.Skip(start).Take(count)], _rows.Count + more);
    }

    private async Task<DecisionPage> SearchAsync(long? before)
    {
        try
        {
            var page = await log.SearchAsync(Filter.Query(before, PageLength), CancellationToken.None);
            Problem = null;
            return page;
        }
        catch (LighthouseException exception)
        {
            Problem = Problem.From(exception);
            return new DecisionPage([], null);
        }
    }
}
