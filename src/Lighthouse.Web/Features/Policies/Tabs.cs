namespace Lighthouse.Web.Features.Policies;

/// <summary>What is shown of a version; in the address as <c>?view=</c>.</summary>
internal static class Tabs
{
    public const string Edit = "edit";
    public const string Bench = "bench";
    public const string DryRun = "dry-run";
    public const string Changes = "changes";

    public static IReadOnlyList<(string Name, string Word)> All { get; } =
        [(Edit, "Text and examples"), (Bench, "Test bench"), (DryRun, "Dry run"), (Changes, "Changes")];

    public static string Of(string? name) => All.Any(one => one.Name == name) ? name! : Edit;
}
