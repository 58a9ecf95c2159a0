using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Fakes;

internal sealed class FakeCaller(Roles roles = Roles.Admin) : ICurrentCaller
{
    public static Caller Kim { get; } = new("u-kim", CallerKind.Human, Roles.Admin, "kim", null, null);

    public ValueTask<Caller> GetAsync() => new(Kim with { Roles = roles });
}
