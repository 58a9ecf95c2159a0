using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Integrity;
using Lighthouse.Engine.EventStore.Storage.Sqlite;

namespace Lighthouse.Engine.EventStore.Contracts;

/// <summary>
/// Checks a log without a running Lighthouse; beside one it does no harm, because it only reads.
/// </summary>
/// <remarks>
/// What the check proves: no event up to the authenticated head was changed, removed, inserted or reordered by anybody who lacks the
/// key in <c>keys/log.key</c>. What it cannot prove: that the whole directory, key included, is not an older copy put back in place.
/// Only a copy of the head kept elsewhere shows that.
/// </remarks>
public static class EventLogVerifier
{
    /// <param name="progress">Told how many events were checked so far.</param>
    /// <exception cref="LighthouseException"><c>not_found</c> when the directory holds no log, <c>storage_unavailable</c> when it cannot be opened.</exception>
    public static Task<VerifyReport> VerifyAsync(
        string dataDirectory, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var files = new DataFiles(dataDirectory);
        if (!File.Exists(files.Log))
        {
            throw new LighthouseException(ErrorCodes.NotFound, $"There is no event log at {files.Log}.");
        }

        // The whole check is synchronous reading and hashing: it gets a thread of its own.
        return Task.Factory.StartNew(
            () =>
            {
                try
                {
                    using var reader = new SqliteLogReader(files.Log, TimeSpan.FromSeconds(5));
                    return new LogVerification(reader, LogKey.Find(files.LogKey)).Run(progress, cancellationToken);
                }
                catch (Microsoft.Data.Sqlite.SqliteException exception)
                {
                    throw SqliteFailure.Unavailable(exception);
                }
            },
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
