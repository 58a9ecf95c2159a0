using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.EventStore.Storage.Sqlite;

/// <summary>The tables of <c>lighthouse.db</c>. Migrations run in order, each in one transaction with its version number.</summary>
internal static class LogSchema
{
    // STRICT: a value of another type that reads the same cannot be put in place of the stored one.
    // occurred_at: microseconds since 1970, UTC. The partial index stays small, because nearly all events are decisions.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE events(
          position INTEGER PRIMARY KEY,
          stream TEXT NOT NULL,
          version INTEGER NOT NULL,
          type TEXT NOT NULL,
          occurred_at INTEGER NOT NULL,
          actor TEXT NOT NULL,
          payload BLOB NOT NULL,
          hash BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX events_by_stream ON events(stream, version);
        CREATE INDEX events_by_type ON events(type, position) WHERE type <> 'decision.recorded';
        CREATE TABLE head(
          id INTEGER PRIMARY KEY CHECK (id = 1),
          position INTEGER NOT NULL,
          hash BLOB NOT NULL,
          mac BLOB NOT NULL) STRICT;
        CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
        CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
        """,
    ];

    // They stop mistakes, not attackers: whoever can write the file can drop them. So they are not put back behind the back of an
    // operator who dropped them to repair something; that one is missing is said at every start, and the hash chain proves the rest.
    private static readonly string[] Triggers = ["events_no_update", "events_no_delete"];

    /// <summary>Brings the file up to date; writes nothing when it is. Returns the names of append-only triggers that somebody removed.</summary>
    /// <exception cref="InvalidOperationException">The file was made by a newer Lighthouse.</exception>
    public static IReadOnlyList<string> Apply(SqliteConnection connection)
    {
        var version = Number(connection, "PRAGMA user_version");
        if (version > Migrations.Length)
        {
            throw new InvalidOperationException(
                $"The event log has schema version {version}, this Lighthouse knows {Migrations.Length}. Use the newer Lighthouse that wrote it.");
        }

        for (var next = (int)version; next < Migrations.Length; next++)
        {
            Execute(connection, $"BEGIN IMMEDIATE; {Migrations[next]} PRAGMA user_version = {next + 1}; COMMIT");
        }

        return [.. Triggers.Where(name => Number(connection, $"SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name = '{name}'") == 0)];
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
