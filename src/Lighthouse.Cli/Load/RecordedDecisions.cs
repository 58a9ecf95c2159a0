using Lighthouse.Client;

namespace Lighthouse.Cli.Load;

/// <summary>The server's own log, read back to find what was acknowledged.</summary>
internal sealed class RecordedDecisions(LighthouseClient client)
{
    private const string Type = "decision.recorded";

    /// <summary>Position of the last event. Positions have no gap, so a search by halves finds it in a few small reads.</summary>
    public async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        long known = 0, beyond = 1;
        while (await ExistsAsync(beyond, cancellationToken))
        {
            known = beyond;
            beyond *= 4;
        }

        while (beyond - known > 1)
        {
            var middle = known + (beyond - known) / 2;
            if (await ExistsAsync(middle, cancellationToken))
            {
                known = middle;
            }
            else
            {
                beyond = middle;
            }
        }

        return known;
    }

    /// <summary>How many of these are not in the log after a position; an id that came twice counts as missing once.</summary>
    public async Task<int> MissingAsync(IReadOnlyCollection<string> ids, long after, CancellationToken cancellationToken)
    {
        var open = ids.ToHashSet(StringComparer.Ordinal);
        var repeated = ids.Count - open.Count;
        await foreach (var one in client.ReadEventsAsync(after, type: Type, cancellationToken: cancellationToken))
        {
            open.Remove(one.Payload.GetProperty("id").GetString()!);
        }

        return open.Count + repeated;
    }

    private async Task<bool> ExistsAsync(long position, CancellationToken cancellationToken) =>
        (await client.GetEventsAsync(position - 1, 1, cancellationToken: cancellationToken)).Count > 0;
}
