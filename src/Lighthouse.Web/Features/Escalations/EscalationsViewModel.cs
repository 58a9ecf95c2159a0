using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Escalations;

/// <summary>The inbox and the one escalation that is looked at.</summary>
public sealed class EscalationsViewModel(IEscalationInbox inbox, IDecisionLog log, ICurrentCaller currentCaller)
{
    private const int HistoryLength = 8;

    private Caller? _caller;
    private string? _historyOf;

    public bool Decided { get; private set; }
    public IReadOnlyList<InboxRow> Rows { get; private set; } = [];
    public Escalation? Selected { get; private set; }

    /// <summary>The address names the selected one; otherwise it is only the first of the list.</summary>
    public bool IsChosen { get; private set; }
    public IReadOnlyList<DecisionRow> History { get; private set; } = [];
    public Problem? Problem { get; private set; }

    /// <summary>Set while the pointer is in the list: then nothing moves.</summary>
    public bool Hold { get; set; }
    /// <summary>As claims name the human at the screen.</summary>
    public string CallerActor => _caller?.Actor ?? "";
    public bool MayVote => _caller?.Is(Roles.Expert) == true;
    public int Mine => Rows.Count(row => !row.Gone && row.Escalation.ClaimedBy == CallerActor);
    public int Open => Rows.Count(row => !row.Gone);

    public async Task ShowAsync(string? id, bool decided)
    {
        if (Decided != decided)
        {
            Rows = [];
        }

        Decided = decided;
        IsChosen = id is not null;
        Problem = null;
        await ReadRowsAsync();
        await SelectAsync(id ?? Rows.FirstOrDefault(row => !row.Gone)?.Escalation.Id);
    }

    /// <summary>Re-reads the list and the selected one; the selection itself never moves.</summary>
    public async Task RefreshAsync()
    {
        await ReadRowsAsync();
        await SelectAsync(Selected?.Id ?? Rows.FirstOrDefault(row => !row.Gone)?.Escalation.Id);
    }

    /// <summary>The id of the row below (or above) the selected one, or null at the end of the list.</summary>
    public string? Neighbour(int step)
    {
        var open = Rows.Where(row => !row.Gone || row.Escalation.Id == Selected?.Id).Select(row => row.Escalation.Id).ToList();
        var index = open.IndexOf(Selected?.Id ?? "") + step;
        return index >= 0 && index < open.Count ? open[index] : null;
    }

    public Task<bool> ClaimAsync() => ActAsync((caller, id) => inbox.ClaimAsync(caller, id, CancellationToken.None));

    public Task<bool> ReleaseAsync() => ActAsync((caller, id) => inbox.ReleaseAsync(caller, id, CancellationToken.None));

    public Task<bool> CommentAsync(string text) => ActAsync((caller, id) => inbox.CommentAsync(caller, id, text.Trim(), CancellationToken.None));

    /// <summary>True when the vote counts; otherwise <see cref="Problem"/> says why it does not.</summary>
    public Task<bool> VoteAsync(VoteKind kind, string reason) => ActAsync((caller, id) =>
        inbox.VoteAsync(caller, id, new Vote { Kind = kind, Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim() }, CancellationToken.None));

    private async Task<bool> ActAsync(Func<Caller, string, Task<Escalation>> act)
    {
        if (Selected is not { } selected)
        {
            return false;
        }

        try
        {
            Problem = null;
            Selected = await act(await CallerAsync(), selected.Id);
            await ReadRowsAsync();
            return true;
        }
        catch (LighthouseException exception)
        {
            // Somebody was quicker, or the time is up: show how it stands now beside the words.
            Problem = Problem.From(exception);
            var problem = Problem;
            await RefreshAsync();
            Problem = problem;
            return false;
        }
    }

    private async Task ReadRowsAsync()
    {
        try
        {
            var caller = await CallerAsync();
            if (Decided)
            {
                Rows = [.. inbox.List(caller, null).Where(one => one.State != EscalationState.Open).OrderByDescending(one => one.OpenedAt).Take(200).Select(one => new InboxRow(one))];
                return;
            }

            var all = Hold ? inbox.List(caller, null) : inbox.List(caller, EscalationState.Open);
            Rows = InboxOrder.Merge(Rows, [.. all.Where(one => one.State == EscalationState.Open)], id => all.FirstOrDefault(one => one.Id == id), Hold);
        }
        catch (LighthouseException exception)
        {
            Rows = [];
            Problem = Problem.From(exception);
        }
    }

    private async Task SelectAsync(string? id)
    {
        if (id is null)
        {
            (Selected, History, _historyOf) = (null, [], null);
            return;
        }

        try
        {
            Selected = await inbox.GetAsync(await CallerAsync(), id, CancellationToken.None);
            if (_historyOf != Selected.Id)
            {
                _historyOf = Selected.Id;
                History = (await log.SearchAsync(new DecisionQuery(AgentId: Selected.Agent.Id, Limit: HistoryLength), CancellationToken.None)).Rows;
            }
        }
        catch (LighthouseException exception)
        {
            (Selected, History, _historyOf) = (null, [], null);
            Problem = Problem.From(exception);
        }
    }

    private async ValueTask<Caller> CallerAsync() => _caller ??= await currentCaller.GetAsync();
}
