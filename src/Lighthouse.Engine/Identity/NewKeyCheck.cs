using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Identity;

/// <summary>The shape of a new key, before anybody asks who wants it.</summary>
internal static class NewKeyCheck
{
    private const int LongestName = 100;
    private const int LongestReason = 1_000;
    private const int MostRoots = 32;

    /// <returns>The role's word.</returns>
    public static string Role(Roles role) =>
        KeyRoles.Word(role) ?? throw Invalid("`role` is exactly one of agent, expert, operator, admin.");

    public static string Name(string name, string field = "name")
    {
        var trimmed = name.Trim();
        return trimmed.Length is > 0 and <= LongestName && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw Invalid($"`{field}` has 1 to {LongestName} characters and no control characters.");
    }

    public static string Reason(string reason)
    {
        var trimmed = reason.Trim();
        return trimmed.Length <= LongestReason ? trimmed : throw Invalid($"`reason` has at most {LongestReason:N0} characters.");
    }

    public static string? Secret(string? chosen) =>
        chosen is null || KeySecret.IsAcceptable(chosen)
            ? chosen
            : throw Invalid($"A chosen key has {KeySecret.ShortestChosen} to {KeySecret.Longest} visible ASCII characters.");

    public static IReadOnlyList<string> Roots(IReadOnlyList<string> roots)
    {
        if (roots.Count > MostRoots)
        {
            throw Invalid($"`workspaceRoots` has at most {MostRoots} entries.");
        }

        foreach (var root in roots)
        {
            // A root of "/" would make the whole machine a workspace; one with ".." means another place than it says.
            if (!root.StartsWith('/') || root.Trim('/').Length == 0 || root.Any(char.IsControl) || root.Split('/').Any(static part => part is "." or ".."))
            {
                throw Invalid("A workspace root is an absolute path without `..`, and not `/`.");
            }
        }

        return [.. roots.Select(static root => root.TrimEnd('/')).Distinct()];
    }

    private static LighthouseException Invalid(string message) => new(ErrorCodes.InvalidField, message);
}
