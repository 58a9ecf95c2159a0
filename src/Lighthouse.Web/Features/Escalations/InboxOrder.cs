using Lighthouse.Contracts;

namespace Lighthouse.Web.Features.Escalations;

/// <param name="Fresh">Arrived while somebody was looking.</param>
/// <param name="Gone">No longer open, but kept in place under the pointer.</param>
public sealed record InboxRow(Escalation Escalation, bool Fresh = false, bool Gone = false);

/// <summary>The order of the inbox: the nearest deadline first, but nothing moves while the pointer is in the list.</summary>
internal static class InboxOrder
{
    public static IReadOnlyList<InboxRow> Merge(
        IReadOnlyList<InboxRow> shown, IReadOnlyList<Escalation> current, Func<string, Escalation?> find, bool hold)
    {
        var known = shown.Select(row => row.Escalation.Id).ToHashSet(StringComparer.Ordinal);
        if (!hold)
        {
            return [.. current.OrderBy(one => one.Deadline).Select(one => new InboxRow(one, Fresh: shown.Count > 0 && !known.Contains(one.Id)))];
        }

        var open = current.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var kept = shown.Select(row => open.TryGetValue(row.Escalation.Id, out var now)
            ? row with { Escalation = now, Gone = false }
            : row with { Escalation = find(row.Escalation.Id) ?? row.Escalation, Gone = true });
        var arrived = current.Where(one => !known.Contains(one.Id)).OrderBy(one => one.Deadline).Select(one => new InboxRow(one, Fresh: true));
        return [.. kept, .. arrived];
    }
}
