namespace Lighthouse.Engine.Telemetry.Frames;

internal static class Windows
{
    public static readonly (string Name, int Seconds)[] All = [("10s", 10), ("1m", 60), ("5m", 300), ("1h", SeriesHistory.KeptSeconds)];

    public static int IndexOf(string name)
    {
        var index = Array.FindIndex(All, one => one.Name == name);
        return index >= 0 ? index : throw new ArgumentException($"There is no window '{name}': 10s, 1m, 5m or 1h.", nameof(name));
    }
}
