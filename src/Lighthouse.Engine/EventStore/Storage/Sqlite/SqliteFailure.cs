using Lighthouse.Contracts;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Lighthouse.Engine.EventStore.Storage.Sqlite;

internal static class SqliteFailure
{
    public static void Check(int result, sqlite3 database)
    {
        if (result != SQLITE_OK)
        {
            throw new SqliteException(
                sqlite3_errmsg(database).utf8_to_string(), result & 0xff, sqlite3_extended_errcode(database));
        }
    }

    /// <summary>What a caller is told: which of the known troubles it is, that nothing was recorded, and when to come back.</summary>
    public static LighthouseException Unavailable(SqliteException exception) =>
        new(ErrorCodes.StorageUnavailable, $"The event log cannot be used: {Cause(exception)}. Nothing was recorded.", TimeSpan.FromSeconds(1), exception);

    public static string Cause(SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLITE_FULL => "the disk is full",
        SQLITE_BUSY or SQLITE_LOCKED => "another process holds the database locked",
        SQLITE_READONLY => "the database is read-only",
        SQLITE_IOERR => "the disk reports an input/output error",
        SQLITE_CANTOPEN => "the database file cannot be opened",
        SQLITE_CORRUPT or SQLITE_NOTADB => "the database file is damaged",
        _ => exception.Message.TrimEnd('.'),
    };
}
