using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.Validation.Log.Storage;

/// <summary>
/// The rows of <c>views.db</c>. Nothing in it is precious: whatever is wrong with the file, it is deleted and made again from the log.
/// One thread writes; any number search.
/// </summary>
internal sealed class DecisionViews : IDisposable
{
    // Raise it with every change of the table or of what is put into it: an older file is then rebuilt.
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS decisions(
          position INTEGER PRIMARY KEY, id TEXT NOT NULL, decided_at INTEGER NOT NULL, agent_id TEXT NOT NULL, agent_name TEXT NOT NULL,
          tool TEXT NOT NULL, subject TEXT NOT NULL, verdict INTEGER NOT NULL, tier INTEGER NOT NULL, risk INTEGER NOT NULL,
          latency_ms REAL NOT NULL, escalation_id TEXT, reason TEXT NOT NULL, dry_run INTEGER NOT NULL, full_text TEXT) STRICT;
        CREATE INDEX IF NOT EXISTS decisions_by_agent ON decisions(agent_id, position);
        CREATE INDEX IF NOT EXISTS decisions_by_verdict ON decisions(verdict, position);
        CREATE INDEX IF NOT EXISTS decisions_by_tier ON decisions(tier, position);
        CREATE TABLE IF NOT EXISTS checkpoint(id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, stream TEXT NOT NULL) STRICT;
        """;

    private readonly string _path;
    private readonly string _readOnly;
    private SqliteConnection? _writer;

    public DecisionViews(string path)
    {
        _path = path;
        _readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 2 }.ToString();
    }

    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB;

    /// <summary>How far the log has been projected, and the stream of the event there; opens or makes the file.</summary>
    public ViewCheckpoint Open()
    {
        _writer?.Dispose();
        _writer = Connect();
        if (ReadNumber("PRAGMA user_version") is var version && version != 0 && version != SchemaVersion)
        {
            Delete();
            _writer = Connect();
        }

        Run($"{Schema} PRAGMA user_version = {SchemaVersion}");
        using var command = _writer.CreateCommand();
        command.CommandText = "SELECT position, stream FROM checkpoint";
        using var row = command.ExecuteReader();
        return row.Read() ? new ViewCheckpoint(row.GetInt64(0), row.GetString(1)) : new ViewCheckpoint(0, "");
    }

    /// <summary>Rows and checkpoint in one transaction: neither is ever ahead of the other.</summary>
    public void Add(IReadOnlyList<DecisionEntry> entries, ViewCheckpoint checkpoint)
    {
        var writer = _writer ?? throw new InvalidOperationException("Open first.");
        using var transaction = writer.BeginTransaction();
        using var insert = DecisionRows.Insert(writer, transaction);
        foreach (var entry in entries)
        {
            DecisionRows.Bind(insert, entry);
            insert.ExecuteNonQuery();
        }

        using var mark = writer.CreateCommand();
        mark.Transaction = transaction;
        mark.CommandText = "INSERT OR REPLACE INTO checkpoint(id, position, stream) VALUES (1, $position, $stream)";
        mark.Parameters.AddWithValue("$position", checkpoint.Position);
        mark.Parameters.AddWithValue("$stream", checkpoint.Stream);
        mark.ExecuteNonQuery();
        transaction.Commit();
    }

    public IReadOnlyList<DecisionRow> Search(DecisionQuery query, int limit, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(_readOnly);
        connection.Open();
        using var command = DecisionRows.Select(connection, query, limit);
        // A word that occurs nowhere makes SQLite read every row before it returns to us.
        using var stop = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle!));
        using var reader = command.ExecuteReader();
        var rows = new List<DecisionRow>(Math.Min(limit, 64));
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(DecisionRows.Read(reader));
        }

        return rows;
    }

    /// <summary>Throws the file away; the next <see cref="Open"/> begins at zero.</summary>
    public void Delete()
    {
        Dispose();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(_path + suffix);
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
        using var pooled = new SqliteConnection(_readOnly);
        SqliteConnection.ClearPool(pooled);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 2 }.ToString());
        try
        {
            connection.Open();
            // NORMAL: a crash of the machine may lose the newest rows, which are then projected again; it never damages the file.
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private long ReadNumber(string sql)
    {
        using var command = _writer!.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Run(string sql)
    {
        using var command = _writer!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

internal sealed record ViewCheckpoint(long Position, string Stream);
