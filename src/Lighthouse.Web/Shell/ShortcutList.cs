using System.Security.Claims;

namespace Lighthouse.Web.Shell;

internal static class ShortcutList
{
    public static IReadOnlyList<(string Group, IReadOnlyList<(string Key, string Does)> Keys)> For(ClaimsPrincipal? human) =>
    [
        ("Go to", [.. Places.For(human).Select(place => ("g " + place.Key, place.Word))]),
        ("Anywhere", [("/", "Search this page"), ("Ctrl K", "Find pages, agents, decisions"), ("p", "Pause or go on"), ("?", "This list")]),
        ("Escalations", [("j", "Next"), ("k", "Previous"), ("a", "Approve"), ("r", "Reject"), ("c", "Claim or release")]),
    ];
}
