using System.Globalization;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Policies;

/// <summary>The versions of the policy set, and the one text that is being read or written.</summary>
public sealed class PoliciesViewModel(IPolicySets sets, ICurrentCaller currentCaller, IFreshSignIn? freshSignIn = null)
{
    private readonly PolicyDraft _draft = new(sets, currentCaller);
    private string? _shown;

    /// <summary>Operators read, try and keep drafts.</summary>
    public bool MayRead { get; private set; }

    /// <summary>Admins decide which version is in force.</summary>
    public bool MayActivate { get; private set; }
    public IReadOnlyList<PolicySetSummary> Versions { get; private set; } = [];
    public IReadOnlyList<PolicySetChange> Changes { get; private set; } = [];

    /// <summary>0 while the profiles decide alone.</summary>
    public int Active { get; private set; }

    /// <summary>Why the active set cannot be evaluated at the moment.</summary>
    public string? EngineProblem { get; private set; }

    /// <summary>The version whose text was loaded; null for a text that is not kept yet.</summary>
    public PolicySetSummary? Selected { get; private set; }
    public bool IsWriting { get; private set; }
    public string Text => _draft.Text;
    public IReadOnlyList<PolicyExample> Examples => _draft.Examples;

    /// <summary>As of the draft: the editor shows the text anew when this grows.</summary>
    public int Loads => _draft.Loads;
    public bool Dirty => _draft.Dirty;
    public string Address => Selected is { } version ? $"/policies/{version.Number}" : "/policies/new";
    public PolicySetDocument Document => _draft.Document;

    /// <summary>Of the text as it stands; null before the first check and after a change.</summary>
    public PolicyCheck? Check => _draft.Check;
    public bool Checking => _draft.Checking;
    public Problem? Problem { get; private set; }
    public string? Outcome { get; private set; }
    public bool NeedsPassword => Problem?.Code == ErrorCodes.FreshSignInRequired;

    public PolicySetSummary? ActiveSummary => Versions.FirstOrDefault(one => one.Number == Active);

    public async Task<PasswordAnswer> ConfirmAsync(string password) =>
        freshSignIn is null ? new PasswordAnswer(PasswordCheck.Unavailable) : await freshSignIn.ConfirmAsync(password, CancellationToken.None);

    /// <param name="version">A number, <c>new</c>, or null for the version that matters most.</param>
    public async Task ShowAsync(string? version)
    {
        await RefreshAsync();
        if (!MayRead || (version is not null && version == _shown))
        {
            return;
        }

        var wanted = version ?? (ActiveSummary ?? (Versions is [var newest, ..] ? newest : null))?.Number.ToString(CultureInfo.InvariantCulture);
        if (wanted == _shown)
        {
            return;
        }

        _shown = wanted;
        Problem = null;
        Outcome = null;
        if (wanted is null or "new")
        {
            Load(null, new PolicySetDocument(), writing: wanted is not null);
        }
        else
        {
            await LoadAsync(int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        }
    }

    /// <summary>Re-reads which versions there are; the text stays.</summary>
    public async Task RefreshAsync()
    {
        var caller = await currentCaller.GetAsync();
        MayRead = caller.Is(Roles.Operator);
        MayActivate = caller.Is(Roles.Admin);
        if (!MayRead)
        {
            return;
        }

        Active = sets.ActiveVersion;
        EngineProblem = sets.Problem;
        Versions = sets.List(caller);
        Changes = sets.History(caller);
        Selected = Selected is { Number: var number } ? Versions.FirstOrDefault(one => one.Number == number) : null;
    }

    /// <summary>What was typed.</summary>
    public void Type(string text)
    {
        if (text != Text)
        {
            _draft.Type(text);
            Outcome = null;
        }
    }

    public void SetExamples(IEnumerable<PolicyExample> examples)
    {
        _draft.SetExamples(examples);
        Outcome = null;
    }

    public void InsertStarter()
    {
        _draft.Replace(Text.Trim().Length == 0 ? PolicyStarter.Text : Text.TrimEnd() + "\n\n" + PolicyStarter.Text, [.. Examples, .. PolicyStarter.Examples]);
        if (Selected is null)
        {
            IsWriting = true;
            _shown = "new";
        }

        Outcome = null;
    }

    /// <summary>Back to what is kept.</summary>
    public void Discard() => Load(Selected, _draft.Kept, IsWriting);

    /// <summary>Checks the text as it stands; a check that is under way for an older text is given up.</summary>
    public async Task<bool> CheckAsync()
    {
        try
        {
            if (await _draft.CheckAsync())
            {
                Problem = null;
            }
        }
        catch (LighthouseException exception)
        {
            Problem = Problem.From(exception);
        }

        return Check is { Valid: true };
    }

    /// <summary>Keeps the text as the next version, a draft. The number, or null when it was refused: the text is then still in the editor.</summary>
    public async Task<int?> SaveAsync(string note)
    {
        int? number = null;
        await ActAsync(async caller =>
        {
            var document = Document;
            var saved = await sets.SaveAsync(caller, document, note, CancellationToken.None);
            _draft.Keep(document);
            number = saved.Number;
            Selected = saved;
            IsWriting = false;
            _shown = saved.Number.ToString(CultureInfo.InvariantCulture);
            return saved.Errors == 0
                ? $"Kept as version {saved.Number}, a draft. Nothing changed for agents."
                : $"Kept as version {saved.Number}, a draft with {saved.Errors} error{(saved.Errors == 1 ? "" : "s")}. It cannot become active like this.";
        });
        return number;
    }

    public Task<bool> ActivateAsync(int version, string reason) => ActAsync(async caller =>
    {
        var change = await sets.ActivateAsync(caller, version, Active, reason, CancellationToken.None);
        return change.RolledBack ? $"Rolled back: version {version} is active again." : $"Version {version} is active.";
    });

    public Task<bool> DeactivateAsync(string reason) => ActAsync(async caller =>
    {
        await sets.DeactivateAsync(caller, Active, reason, CancellationToken.None);
        return "No policy set is active; the profiles decide alone.";
    });

    public async Task<PolicySetDocument> ReadAsync(int version) => version == 0
        ? new PolicySetDocument()
        : (await sets.GetAsync(await currentCaller.GetAsync(), version, CancellationToken.None)).Document;

    private async Task LoadAsync(int number)
    {
        try
        {
            var detail = await sets.GetAsync(await currentCaller.GetAsync(), number, CancellationToken.None);
            Load(detail.Summary, detail.Document, writing: false);
        }
        catch (LighthouseException exception)
        {
            Load(null, new PolicySetDocument(), writing: false);
            Problem = Problem.From(exception);
        }
    }

    private void Load(PolicySetSummary? summary, PolicySetDocument document, bool writing)
    {
        _draft.Load(document);
        Selected = summary;
        IsWriting = writing;
        Outcome = null;
    }

    private async Task<bool> ActAsync(Func<Caller, Task<string>> act)
    {
        try
        {
            Problem = null;
            Outcome = null;
            Outcome = await act(await currentCaller.GetAsync());
            await RefreshAsync();
            return true;
        }
        catch (LighthouseException exception)
        {
            Problem = Problem.From(exception);
            await RefreshAsync();
            return false;
        }
    }
}
