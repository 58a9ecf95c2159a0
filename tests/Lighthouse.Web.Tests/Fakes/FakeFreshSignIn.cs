using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Fakes;

internal sealed class FakeFreshSignIn : IFreshSignIn
{
    public bool Fresh { get; set; }

    public ValueTask<bool> IsFreshAsync() => new(Fresh);

    public ValueTask<PasswordProof?> ProofAsync() => new(Fresh ? new PasswordProof(DateTimeOffset.UnixEpoch, Here: true) : null);

    public Task<bool> ConfirmAsync(string password, CancellationToken cancellationToken) => Task.FromResult(Fresh = password == "right");
}
