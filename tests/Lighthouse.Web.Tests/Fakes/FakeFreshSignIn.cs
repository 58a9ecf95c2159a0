using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Fakes;

internal sealed class FakeFreshSignIn : IFreshSignIn
{
    public bool Fresh { get; set; }

    public ValueTask<bool> IsFreshAsync() => new(Fresh);

    public Task<bool> ConfirmAsync(string password, CancellationToken cancellationToken) => Task.FromResult(Fresh = password == "right");
}
