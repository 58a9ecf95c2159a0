using System.Security.Claims;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Shell;

/// <summary>A page of the rail. <paramref name="Key"/>: the letter after <c>g</c>. <paramref name="Roles"/>: one of them opens it; null = any.</summary>
internal sealed record Place(string Word, string Address, string Key, string Icon, string Question, string? Roles = null)
{
    public bool IsOpenTo(ClaimsPrincipal? human) => Roles is null || Array.Exists(Roles.Split(','), role => human?.IsInRole(role) == true);
}

/// <summary>The rail holds only pages that work.</summary>
internal static class Places
{
    public static IReadOnlyList<Place> All { get; } =
    [
        new("Overview", "/", "o", Glyphs.Overview, "Is it healthy?"),
        new("Escalations", "/escalations", "e", Glyphs.Escalations, "What needs me?"),
        new("Decisions", "/decisions", "d", Glyphs.Decisions, "What was said and why?"),
        new("Agents", "/agents", "a", Glyphs.Agents, "Who is connected, who may do what?"),
        new("Speed layer", "/speed", "s", Glyphs.Speed, "Why is it fast, or not?", RoleNames.Keepers),
        new("Policies", "/policies", "p", Glyphs.Policies, "What are the rules, what would a change do?"),
    ];

    public static IEnumerable<Place> For(ClaimsPrincipal? human) => All.Where(place => place.IsOpenTo(human));
}
