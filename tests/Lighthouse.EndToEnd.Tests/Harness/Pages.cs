namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>Every page of the rail.</summary>
internal static class Pages
{
    public static IReadOnlyList<string> All { get; } = ["", "escalations", "decisions", "agents", "speed", "policies"];
}
