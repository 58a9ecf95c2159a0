using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Lighthouse.Engine.EventStore.Storage.Sqlite;

/// <summary>
/// A prepared statement that is kept and reused, with columns read as the raw bytes that are stored: the hash covers bytes, and
/// the path of every decision runs through here. Indexes: parameters from 1, columns from 0.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteFailure.Check(sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    public void Bind(int index, long value) => SqliteFailure.Check(sqlite3_bind_int64(_statement, index, value), _database);

    public void BindText(int index, ReadOnlySpan<byte> utf8) =>
        SqliteFailure.Check(sqlite3_bind_text(_statement, index, utf8), _database);

    public void BindText(int index, string text) => BindText(index, Encoding.UTF8.GetBytes(text));

    public void BindBlob(int index, ReadOnlySpan<byte> bytes) =>
        SqliteFailure.Check(sqlite3_bind_blob(_statement, index, bytes), _database);

    /// <summary>True while there is a row.</summary>
    public bool Step()
    {
        var result = sqlite3_step(_statement);
        if (result is SQLITE_ROW or SQLITE_DONE)
        {
            return result == SQLITE_ROW;
        }

        SqliteFailure.Check(result, _database);
        return false;
    }

    /// <summary>Runs a statement without rows.</summary>
    public void Execute()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Ends the read: a statement that is not reset holds its snapshot.</summary>
    public void Reset() => sqlite3_reset(_statement);

    public long Long(int column) => sqlite3_column_int64(_statement, column);

    /// <summary>The stored bytes of a text or blob; valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => sqlite3_column_blob(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public bool IsNull(int column) => sqlite3_column_type(_statement, column) == SQLITE_NULL;

    public void Dispose() => _statement.Dispose();
}
