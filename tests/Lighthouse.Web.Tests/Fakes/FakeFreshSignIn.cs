using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Fakes;

internal sealed class FakeFreshSignIn : IFreshSignIn
{
    public bool Fresh { get; set; }

    public ValueTask<bool> IsFreshAsync() => new(Fresh);

    public ValueTask<PasswordProof?> ProofAsync() => new(Fresh ? new PasswordProof(DateTimeOffset.UnixEpoch, Here: true) : null);

    /// <summary>What the next password is answered, whatever it is.</summary>
    public PasswordAnswer? Answer { get; set; }

    public Task<PasswordAnswer> ConfirmAsync(string password, CancellationToken cancellationToken)
    {
        Fresh = Answer is null && password == "right";
        return Task.FromResult(Answer ?? new PasswordAnswer(Fresh ? PasswordCheck.Right : PasswordCheck.Wrong));
    }
}
