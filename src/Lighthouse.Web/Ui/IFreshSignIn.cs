using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>Recent proof that the human themselves sits at the screen: dangerous votes need one.</summary>
public interface IFreshSignIn
{
    ValueTask<bool> IsFreshAsync();

    /// <summary>The latest proof, for the engine to judge; null when there is none.</summary>
    ValueTask<PasswordProof?> ProofAsync();

    /// <summary>Where the password was right, the proof then counts for a few minutes.</summary>
    Task<PasswordAnswer> ConfirmAsync(string password, CancellationToken cancellationToken);
}
