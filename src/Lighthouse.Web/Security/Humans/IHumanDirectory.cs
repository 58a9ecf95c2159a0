using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Security.Humans;

/// <param name="CanSignIn">False until a password was set, and while disabled.</param>
internal sealed record HumanSummary(string Id, string Name, Roles Roles, bool Disabled, bool HasPassword, DateTimeOffset CreatedAt)
{
    public bool CanSignIn => HasPassword && !Disabled;
}

/// <param name="Token">For <c>/sign-in/link?token=</c>; shown once, valid for an hour.</param>
internal sealed record Invitation(HumanSummary Human, string Token)
{
    public string Link => $"{SignInLinks.Path}?token={Token}";
}

/// <summary>The humans. Every change needs a human admin as of now who gave the password again (<c>fresh_sign_in_required</c>), is recorded, and ends the sessions of whom it concerns.</summary>
internal interface IHumanDirectory
{
    Task<IReadOnlyList<HumanSummary>> ListAsync(CancellationToken cancellationToken);

    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>forbidden</c>, <c>invalid_field</c>, or <c>conflict</c> for a name that is taken.</exception>
    Task<Invitation> CreateAsync(Caller caller, string name, Roles roles, CancellationToken cancellationToken);

    /// <summary>A new one-time link for somebody who lost their password.</summary>
    Task<Invitation> InviteAsync(Caller caller, string userId, CancellationToken cancellationToken);

    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>conflict</c> when no admin would be left.</exception>
    Task SetRolesAsync(Caller caller, string userId, Roles roles, CancellationToken cancellationToken);

    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>conflict</c> when no admin would be left.</exception>
    Task SetDisabledAsync(Caller caller, string userId, bool disabled, CancellationToken cancellationToken);
}
