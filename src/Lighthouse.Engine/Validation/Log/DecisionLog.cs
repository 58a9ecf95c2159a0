using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Log.Storage;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.Validation.Log;

internal sealed class DecisionLog(IEventStore store, DecisionProjection projection, DecisionViews views) : IDecisionLog
{
    private const int MaxLimit = 500;
    private const int MaxIdLength = 64;

    public long Lag => projection.Lag;

    public async Task<DecisionPage> SearchAsync(DecisionQuery query, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        try
        {
            var rows = await Task.Run(() => views.Search(query, limit + 1, cancellationToken), cancellationToken);
            return rows.Count > limit
                ? new DecisionPage([.. rows.Take(limit)], rows[limit - 1].Position)
                : new DecisionPage(rows, null);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The search was given up.", exception, cancellationToken);
        }
        catch (SqliteException exception)
        {
            // A file that cannot be opened was deleted, or is not made yet; making it is right in both cases.
            if (DecisionViews.IsDamage(exception) || exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CANTOPEN)
            {
                projection.Distrust("a search found its file damaged");
            }

            throw new LighthouseException(
                ErrorCodes.StorageUnavailable, "The searchable decision log is not ready; it is being rebuilt. No decision is lost.",
                TimeSpan.FromSeconds(2), exception);
        }
    }

    public async Task<DecisionDetail?> FindAsync(string decisionId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(decisionId) || decisionId.Length > MaxIdLength)
        {
            return null;
        }

        var events = await store.ReadStreamAsync("decision-" + decisionId, cancellationToken);
        if (events is not [{ Type: EventTypes.DecisionRecorded } recorded, ..])
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<DecisionDetail>(recorded.Payload.Span, LighthouseJson.Options);
        }
        catch (JsonException exception)
        {
            throw new LighthouseException(
                ErrorCodes.Internal, $"The decision at position {recorded.Position} of the event log cannot be read: it was changed. Verify the log.",
                inner: exception);
        }
    }
}
