using System.Security.Cryptography;
using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// Idempotency by construction: a request id determines the decision id, and the decision's stream can be created once. So no table
/// of request ids exists that could disagree with the log, and two nodes cannot answer twice.
/// </summary>
internal sealed class RequestIds(IDecisionLog log, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <returns>The earlier decision, if it is younger than 24 hours, and the id that a new one has to take.</returns>
    /// <exception cref="LighthouseException"><c>request_id_reused</c>: the same id with another body.</exception>
    public async ValueTask<(DecisionDetail? Earlier, string NewId)> ResolveAsync(TierRequest asked, string requestId, CancellationToken cancellationToken)
    {
        // Each day that an id is used again makes a further generation.
        for (var generation = 0; ; generation++)
        {
            var id = IdOf(asked.Agent.Id, requestId, generation);
            var earlier = await log.FindAsync(id, cancellationToken);
            if (earlier is null)
            {
                return (null, id);
            }

            if (time.GetUtcNow() - earlier.DecidedAt < Lifetime)
            {
                return earlier.BodyHash == asked.BodyHash()
                    ? (earlier, id)
                    : throw new LighthouseException(ErrorCodes.RequestIdReused, $"requestId `{requestId}` was used for another request within 24 hours; choose a new one.");
            }
        }
    }

    private static string IdOf(string agentId, string requestId, int generation) =>
        Ids.From("d", SHA256.HashData(Encoding.UTF8.GetBytes($"{agentId}\0{requestId}\0{generation}")));
}
