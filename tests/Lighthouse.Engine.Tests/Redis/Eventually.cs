namespace Lighthouse.Engine.Tests.Redis;

/// <summary>Waits for what another process will do: only tests with a real server may look again and again.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> holds, string what, double seconds = 20)
    {
        var until = TimeProvider.System.GetTimestamp() + (long)(seconds * TimeProvider.System.TimestampFrequency);
        while (!await holds())
        {
            if (TimeProvider.System.GetTimestamp() > until)
            {
                throw new TimeoutException($"Not within {seconds} s: {what}.");
            }

            await Task.Delay(20);
        }
    }

    public static Task TrueAsync(Func<bool> holds, string what, double seconds = 20) => TrueAsync(() => Task.FromResult(holds()), what, seconds);
}
