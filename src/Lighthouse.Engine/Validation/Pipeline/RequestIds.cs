using System.Security.Cryptography;
using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <param name="Earlier">The decision that the id has, if that is younger than 24 hours.</param>
/// <param name="NewId">The id that a new decision has to take.</param>
internal readonly record struct KnownId(DecisionDetail? Earlier, string NewId);

/// <summary>
/// Idempotency by construction: a request id determines the decision id, and the decision's stream can be created once. So no table
/// of request ids exists that could disagree with the log, and two nodes cannot answer twice.
/// </summary>
internal sealed class RequestIds(IDecisionLog log, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <exception cref="LighthouseException"><c>request_id_reused</c>: the same id with another body.</exception>
    public async ValueTask<KnownId> ResolveAsync(TierRequest asked, string requestId, CancellationToken cancellationToken)
    {
        // Each day that an id is used again makes a further generation.
        for (var generation = 0; ; generation++)
        {
            var id = IdOf(asked.Agent.Id, requestId, generation);
            var earlier = await log.FindAsync(id, cancellationToken);
            if (earlier is null)
            {
                return new(null, id);
            }

            if (time.GetUtcNow() - earlier.DecidedAt < Lifetime)
            {
                return earlier.BodyHash == asked.BodyHash()
                    ? new(earlier, id)
                    : throw Reused(requestId, "was used for another request within 24 hours");
            }
        }
    }

    /// <summary>All ids of a batch; null where a request has none.</summary>
    /// <exception cref="LighthouseException"><c>request_id_reused</c>, also when two different requests of the batch share an id.</exception>
    public async Task<KnownId?[]> ResolveAsync(IReadOnlyList<TierRequest> batch, CancellationToken cancellationToken)
    {
        var bodies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var asked in batch)
        {
            if (asked.Request.RequestId is { Length: > 0 } requestId && !bodies.TryAdd(requestId, asked.BodyHash()) && bodies[requestId] != asked.BodyHash())
            {
                throw Reused(requestId, "stands for two different requests of this batch");
            }
        }

        return await Task.WhenAll(batch.Select(async asked =>
            asked.Request.RequestId is { Length: > 0 } requestId ? await ResolveAsync(asked, requestId, cancellationToken) : (KnownId?)null));
    }

    private static LighthouseException Reused(string requestId, string how) =>
        new(ErrorCodes.RequestIdReused, $"requestId `{requestId}` {how}; choose a new one. Nothing was decided.");

    private static string IdOf(string agentId, string requestId, int generation) =>
        Ids.From("d", SHA256.HashData(Encoding.UTF8.GetBytes($"{agentId}\0{requestId}\0{generation}")));
}
