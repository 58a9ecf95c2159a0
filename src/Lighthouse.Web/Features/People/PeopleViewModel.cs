using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Humans;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.People;

/// <summary>
/// Who may sign in, and as what. Every change asks for the admin's own password on this page, however young the session is: a copied one
/// that could invite somebody, or renew the admin's own link, would be worth as much as the password itself.
/// </summary>
internal sealed class PeopleViewModel(IHumanDirectory humans, ICurrentCaller currentCaller, IFreshSignIn freshSignIn, TimeProvider time)
{
    public static IReadOnlyList<(string Word, Roles Role, string What)> Choices { get; } =
    [
        ("viewer", Roles.Viewer, "sees everything"),
        ("expert", Roles.Expert, "answers escalations"),
        ("operator", Roles.Operator, "manages agents and the emergency stop"),
        ("admin", Roles.Admin, "does all of it, and manages people"),
    ];

    private long? _confirmedAt;

    public IReadOnlyList<HumanSummary> People { get; private set; } = [];
    public Problem? Problem { get; private set; }

    /// <summary>A new link: held only until it was copied and put away.</summary>
    public Invitation? Invitation { get; private set; }

    public bool Confirmed => _confirmedAt is { } at && time.GetElapsedTime(at) < FreshPassword.Lasts;

    public async Task RefreshAsync() => People = await humans.ListAsync(CancellationToken.None);

    public async Task ConfirmAsync(string password)
    {
        Problem = null;
        var answer = await freshSignIn.ConfirmAsync(password, CancellationToken.None);
        _confirmedAt = answer.IsRight ? time.GetTimestamp() : null;
        if (!answer.IsRight)
        {
            Problem = new Problem(ErrorCodes.FreshSignInRequired, $"{answer.Words} Nothing was changed.");
        }

        await RefreshAsync();
    }

    public Task InviteNewAsync(string name, Roles roles) =>
        ActAsync(async caller => Invitation = await humans.CreateAsync(caller, name, roles, CancellationToken.None));

    public Task RenewLinkAsync(string userId) => ActAsync(async caller => Invitation = await humans.InviteAsync(caller, userId, CancellationToken.None));

    public Task ToggleRoleAsync(HumanSummary human, Roles role) =>
        ActAsync(caller => humans.SetRolesAsync(caller, human.Id, human.Roles ^ role, CancellationToken.None));

    public Task SetDisabledAsync(HumanSummary human, bool disabled) =>
        ActAsync(caller => humans.SetDisabledAsync(caller, human.Id, disabled, CancellationToken.None));

    public void PutLinkAway() => Invitation = null;

    private async Task ActAsync(Func<Caller, Task> act)
    {
        Problem = null;
        try
        {
            if (!Confirmed)
            {
                throw new LighthouseException(ErrorCodes.FreshSignInRequired, "Enter your password again first. Nothing was changed.");
            }

            await act(await currentCaller.GetAsync());
        }
        catch (LighthouseException refusal)
        {
            Problem = Problem.From(refusal);
        }

        await RefreshAsync();
    }
}
