namespace Lighthouse.Web.Features.Escalations;

/// <summary>The usual reasons for a no, one keystroke each. The agent reads them, so each says what to do instead.</summary>
internal static class QuickReasons
{
    public static IReadOnlyList<string> Reject { get; } =
    [
        "Too broad: name exactly what it should touch.",
        "Not in this environment.",
        "There is a safer way: look for one without these rights.",
        "Not part of the task.",
        "Explain first why this is needed.",
    ];
}
