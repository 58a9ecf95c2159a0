using System.Security.Claims;
using Lighthouse.Web.Shell;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Shell;

public sealed class PaletteSearchTests
{
    private readonly FakeTower _tower = BusyTower.Create(new FakeTimeProvider());

    [Theory]
    [InlineData("", "/")]
    [InlineData("esc", "/escalations")]
    [InlineData("codex", "/agents/gcodex%40api")]
    [InlineData("d01jz8x2m4q6r8t0v2w4y6z8a3c", "/decisions/d01jz8x2m4q6r8t0v2w4y6z8a3c")]
    public void Find_PageAgentOrId_ComesFirst(string text, string address) =>
        PaletteSearch.Find(text, _tower.Agents.Agents())[0].Address.ShouldBe(address);

    [Theory]
    [InlineData("operator", 1)]
    [InlineData("admin", 1)]
    [InlineData("expert", 0)]
    public void Find_APageOfOperators_IsFoundByThem(string role, int pages)
    {
        var human = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, role)], "test"));
        PaletteSearch.Find("speed", [], human).Count.ShouldBe(pages);
        ShortcutList.For(human)[0].Keys.Count(key => key.Key == "g s").ShouldBe(pages);
    }

    [Theory]
    [InlineData("d/../../sign-out")]
    [InlineData("nothing like it")]
    public void Find_NoIdAndNoName_FindsNothing(string text) => PaletteSearch.Find(text, _tower.Agents.Agents()).ShouldBeEmpty();
}
