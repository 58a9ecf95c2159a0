using System.Runtime.InteropServices;
using Lighthouse.Engine.EventStore.Integrity;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.EventStore.Storage.Sqlite;

/// <summary>The one writing connection. Used by one thread at a time; after a failure it is thrown away, never repaired.</summary>
internal sealed partial class SqliteLog : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _insert;
    private readonly Statement _version;
    private readonly Statement _setHead;
    private readonly Statement _touchHead;

    public SqliteLog(string path, TimeSpan lockTimeout)
    {
        _path = path;
        OwnerOnly(path);
        _connection = Connect(path, SqliteOpenMode.ReadWriteCreate, lockTimeout);
        try
        {
            // FULL: a commit returns only after the write-ahead log reached the disk. The size limit gives back space after a burst.
            LogSchema.Execute(_connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864");
            MissingTriggers = LogSchema.Apply(_connection);
            _begin = new Statement(_connection, "BEGIN IMMEDIATE");
            _commit = new Statement(_connection, "COMMIT");
            _rollback = new Statement(_connection, "ROLLBACK");
            _insert = new Statement(_connection,
                "INSERT INTO events(position, stream, version, type, occurred_at, actor, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
            _version = new Statement(_connection, "SELECT max(version) FROM events WHERE stream = ?");
            _setHead = new Statement(_connection, "INSERT OR REPLACE INTO head(id, position, hash, mac) VALUES (1, ?, ?, ?)");
            _touchHead = new Statement(_connection, "UPDATE head SET position = position");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> MissingTriggers { get; }

    public static SqliteConnection Connect(string path, SqliteOpenMode mode, TimeSpan lockTimeout)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)lockTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            SqliteFailure.Check(
                SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle!, (int)lockTimeout.TotalMilliseconds), connection.Handle!);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return connection;
    }

    public void Begin() => _begin.Execute();

    /// <summary>Returns when the transaction is on disk, in the file that a later start will find.</summary>
    public void Commit()
    {
        _commit.Execute();
        if (HasMoved())
        {
            throw new SqliteException("the database file was removed or replaced while it was in use", SQLitePCL.raw.SQLITE_NOTFOUND);
        }
    }

    public void Rollback() => _rollback.Execute();

    /// <summary>Version of a stream as of this transaction; 0 when it does not exist.</summary>
    public long VersionOf(ReadOnlySpan<byte> stream)
    {
        _version.BindText(1, stream);
        try
        {
            return _version.Step() ? _version.Long(0) : 0;
        }
        finally
        {
            _version.Reset();
        }
    }

    public void Insert(
        long position, ReadOnlySpan<byte> stream, long version, ReadOnlySpan<byte> type, long occurredAt, ReadOnlySpan<byte> actor,
        ReadOnlySpan<byte> payload, ReadOnlySpan<byte> hash)
    {
        _insert.Bind(1, position);
        _insert.BindText(2, stream);
        _insert.Bind(3, version);
        _insert.BindText(4, type);
        _insert.Bind(5, occurredAt);
        _insert.BindText(6, actor);
        _insert.BindBlob(7, payload);
        _insert.BindBlob(8, hash);
        _insert.Execute();
    }

    public void SetHead(LogHead head)
    {
        _setHead.Bind(1, head.Position);
        _setHead.BindBlob(2, head.Hash);
        _setHead.BindBlob(3, head.Mac);
        _setHead.Execute();
    }

    /// <summary>A durable commit that changes nothing: shows whether the log can be written again.</summary>
    public void Probe()
    {
        Begin();
        _touchHead.Execute();
        Commit();
    }

    // A file that was deleted can still be written, to no avail. The write-ahead log holds the newest commits, so it counts as well.
    private bool HasMoved()
    {
        const int hasMoved = 20; // SQLITE_FCNTL_HAS_MOVED
        var moved = 0;
        var result = FileControl(_connection.Handle!.DangerousGetHandle(), "main", hasMoved, ref moved);
        return (result == SQLitePCL.raw.SQLITE_OK && moved != 0) || !File.Exists(_path + "-wal");
    }

    // SQLite gives its other files the mode of the database.
    private static void OwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint database, string name, int operation, ref int argument);

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _rollback, _insert, _version, _setHead, _touchHead })
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
