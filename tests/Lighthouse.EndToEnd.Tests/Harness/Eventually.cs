namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>Waits for what another process will do; only these tests may look again and again.</summary>
internal static class Eventually
{
    public static async Task<T> FindAsync<T>(Func<Task<IReadOnlyList<T>>> read, Func<T, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            foreach (var one in await read())
            {
                if (wanted(one))
                {
                    return one;
                }
            }

            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Tries again while the server says that it cannot record.</summary>
    public static async Task<T> SucceedsAsync<T>(Func<Task<T>> call)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Lighthouse.Contracts.LighthouseException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(100);
            }
        }
    }
}
