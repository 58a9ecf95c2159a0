namespace Lighthouse.Web.Ui;

/// <summary>Recent proof that the human themselves sits at the screen: dangerous votes need one.</summary>
public interface IFreshSignIn
{
    ValueTask<bool> IsFreshAsync();

    /// <summary>True when the password was right; the proof then counts for a few minutes.</summary>
    Task<bool> ConfirmAsync(string password, CancellationToken cancellationToken);
}
