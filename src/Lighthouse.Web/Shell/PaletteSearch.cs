using System.Security.Claims;
using System.Text.RegularExpressions;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Shell;

internal sealed record PaletteEntry(string Title, string Kind, string Address);

/// <summary>What Ctrl-K finds: pages, agents by name or id, decisions and escalations by id.</summary>
internal static partial class PaletteSearch
{
    private const int MostAgents = 8;

    public static IReadOnlyList<PaletteEntry> Find(string text, IReadOnlyList<AgentSummary> agents, ClaimsPrincipal? human = null)
    {
        text = text.Trim();
        var found = Places.For(human)
            .Where(place => place.Word.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Select(place => new PaletteEntry(place.Word, place.Question, place.Address))
            .ToList();
        if (text.Length == 0)
        {
            return found;
        }

        found.AddRange(agents
            .Where(agent => agent.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || agent.Id == text)
            .Take(MostAgents)
            .Select(agent => new PaletteEntry(agent.Name, "agent", "/agents/" + Uri.EscapeDataString(agent.Id))));
        if (IdShape().IsMatch(text))
        {
            found.Add(new PaletteEntry(text, "decision", "/decisions/" + text));
            found.Add(new PaletteEntry(text, "escalation", "/escalations/" + text));
        }

        return found;
    }

    [GeneratedRegex("^[A-Za-z]+-?[0-9a-zA-Z]{20,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex IdShape();
}
