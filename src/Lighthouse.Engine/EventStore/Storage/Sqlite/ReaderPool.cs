using System.Collections.Concurrent;
using Lighthouse.Contracts;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.EventStore.Storage.Sqlite;

/// <summary>A bounded set of read-only connections, opened when needed and kept with their prepared statements.</summary>
internal sealed class ReaderPool(string path, int size, TimeSpan lockTimeout) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly ConcurrentBag<SqliteLogReader> _idle = [];
    private volatile bool _closed;

    public async ValueTask<T> UseAsync<T>(Func<SqliteLogReader, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        SqliteLogReader? reader = null;
        try
        {
            if (_closed)
            {
                throw new LighthouseException(ErrorCodes.StorageUnavailable, "The event log is closed: Lighthouse is shutting down.");
            }

            reader = _idle.TryTake(out var idle) ? idle : new SqliteLogReader(path, lockTimeout);
            var result = read(reader);
            _idle.Add(reader);
            reader = null;
            return result;
        }
        catch (SqliteException exception)
        {
            throw new LighthouseException(
                ErrorCodes.StorageUnavailable, $"The event log cannot be read: {SqliteFailure.Cause(exception)}.",
                TimeSpan.FromSeconds(1), exception);
        }
        finally
        {
            // Left over only after a failure: a connection that failed is not used again.
            reader?.Dispose();
            if (_closed)
            {
                Forget();
            }

            _free.Release();
        }
    }

    /// <summary>Closes the idle connections, so that the next reads open the file anew.</summary>
    public void Forget()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    public void Dispose()
    {
        _closed = true;
        Forget();
    }
}
