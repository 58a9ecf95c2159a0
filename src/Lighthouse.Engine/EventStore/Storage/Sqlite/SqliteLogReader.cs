using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.EventStore.Integrity;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.EventStore.Storage.Sqlite;

/// <summary>One read-only connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteLogReader : IDisposable
{
    private const string Columns = "position, stream, version, type, occurred_at, actor, payload";

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    public SqliteLogReader(string path, TimeSpan lockTimeout) =>
        _connection = SqliteLog.Connect(path, SqliteOpenMode.ReadOnly, lockTimeout);

    public List<StoredEvent> Read(EventQuery query)
    {
        // Within a stream, versions and positions grow together. A decision is nearly every event, so its type has no index and
        // needs none; the other types have one that the planner uses only when the condition of that index is repeated.
        var (filter, order) = (query.Stream, query.Type) switch
        {
            (null, null) => ("", "position"),
            ({ }, null) => ("stream = ? AND", "version"),
            (null, EventTypes.DecisionRecorded) => ("type = ? AND", "position"),
            (null, { }) => ("type = ? AND type <> 'decision.recorded' AND", "position"),
            _ => ("stream = ? AND type = ? AND", "version"),
        };
        var statement = Prepared($"SELECT {Columns} FROM events WHERE {filter} position > ? ORDER BY {order} LIMIT ?");
        var next = 1;
        if (query.Stream is not null)
        {
            statement.BindText(next++, query.Stream);
        }

        if (query.Type is not null)
        {
            statement.BindText(next++, query.Type);
        }

        statement.Bind(next++, query.After);
        statement.Bind(next, query.Limit);
        var events = new List<StoredEvent>();
        ReadAll(statement, events.Add);
        return events;
    }

    public List<StoredEvent> ReadStream(string stream)
    {
        var statement = Prepared($"SELECT {Columns} FROM events WHERE stream = ? ORDER BY version");
        statement.BindText(1, stream);
        var events = new List<StoredEvent>();
        ReadAll(statement, events.Add);
        return events;
    }

    /// <summary>Events of these types after a position, in order, one at a time. Decisions are never among them.</summary>
    public void ReadTypes(IReadOnlyCollection<string> types, long after, Action<StoredEvent> apply)
    {
        if (types.Count == 0)
        {
            return;
        }

        // The inner query collects positions from the index; only then are the rows fetched, in order.
        var marks = string.Join(", ", types.Select(_ => "?"));
        var statement = Prepared(
            $"""
            SELECT {Columns} FROM events WHERE position IN
              (SELECT position FROM events WHERE type IN ({marks}) AND type <> 'decision.recorded' AND position > ?)
            ORDER BY position
            """);
        var next = 1;
        foreach (var type in types)
        {
            statement.BindText(next++, type);
        }

        statement.Bind(next, after);
        ReadAll(statement, apply);
    }

    /// <summary>The end of the log, read in one snapshot.</summary>
    public LogTail Tail()
    {
        Prepared("BEGIN").Execute();
        try
        {
            LogHead? head = null;
            var statement = Prepared("SELECT position, hash, mac FROM head WHERE id = 1");
            if (statement.Step())
            {
                head = new LogHead(statement.Long(0), statement.Bytes(1).ToArray(), statement.Bytes(2).ToArray());
            }

            statement.Reset();
            statement = Prepared("SELECT position, hash FROM events ORDER BY position DESC LIMIT 1");
            var (last, hash) = statement.Step() ? (statement.Long(0), statement.Bytes(1).ToArray()) : (0, EventHash.Genesis);
            statement.Reset();
            return new LogTail(last, hash, head);
        }
        finally
        {
            Prepared("COMMIT").Execute();
        }
    }

    /// <summary>Up to <paramref name="limit"/> whole rows, columns in the table's order; stops when a row is refused.</summary>
    /// <returns>True while more rows may follow.</returns>
    public bool Scan(long from, long upTo, int limit, Func<Statement, bool> accept)
    {
        var statement = Prepared($"SELECT {Columns}, hash FROM events WHERE position >= ? AND position <= ? ORDER BY position LIMIT ?");
        statement.Bind(1, from);
        statement.Bind(2, upTo);
        statement.Bind(3, limit);
        return ScanRows(statement, limit, accept);
    }

    /// <summary>Stream, version and position of up to <paramref name="limit"/> events in order of stream and version.</summary>
    public bool ScanStreams(byte[] afterStream, long afterVersion, int limit, Func<Statement, bool> accept)
    {
        var statement = Prepared(
            "SELECT stream, version, position FROM events WHERE (stream, version) > (?, ?) ORDER BY stream, version LIMIT ?");
        statement.BindText(1, afterStream);
        statement.Bind(2, afterVersion);
        statement.Bind(3, limit);
        return ScanRows(statement, limit, accept);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private static bool ScanRows(Statement statement, int limit, Func<Statement, bool> accept)
    {
        var rows = 0;
        try
        {
            while (statement.Step())
            {
                rows++;
                if (!accept(statement))
                {
                    return false;
                }
            }
        }
        finally
        {
            statement.Reset();
        }

        return rows == limit;
    }

    private static void ReadAll(Statement statement, Action<StoredEvent> apply)
    {
        try
        {
            while (statement.Step())
            {
                apply(new StoredEvent(
                    statement.Long(0), statement.Text(1), statement.Long(2), statement.Text(3),
                    EventTime.FromMicroseconds(statement.Long(4)), statement.Text(5), statement.Bytes(6).ToArray()));
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private Statement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new Statement(_connection, sql);
        }

        return statement;
    }
}
