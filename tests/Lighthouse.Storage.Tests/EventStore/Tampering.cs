using System.Text;
using CsCheck;
using Lighthouse.Engine.EventStore.Integrity;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Storage.Tests.EventStore;

/// <summary>One way to change a stored log of <see cref="Events"/> events, and the position that a check must name.</summary>
internal sealed record Tampering(string What, Action<SqliteConnection> Apply, long Expected)
{
    public const int Events = 40;

    private static readonly Gen<int> Position = Gen.Int[1, Events];

    private static readonly Gen<(int First, int Second)> Pair =
        Position.Select(Position).Where((a, b) => a != b).Select((a, b) => (Math.Min(a, b), Math.Max(a, b)));

    public static Gen<Tampering> Any { get; } = Gen.OneOf(
        Gen.OneOf<string>("payload", "hash").Select(Position, Gen.Int[0, 31], Gen.Int[0, 7]).Select((column, at, index, bit) =>
            new Tampering($"bit {bit} of byte {index} of {column} at {at}", c => FlipBit(c, column, at, index, bit), at)),
        Gen.OneOf<string>("stream", "type", "actor").Select(Position, Gen.Char.AlphaNumeric).Select((column, at, letter) =>
            new Tampering($"{column} at {at} gets {letter}", c => Run(c, $"UPDATE events SET {column} = {column} || '{letter}' WHERE position = {at}"), at)),
        Gen.OneOf<string>("occurred_at", "version").Select(Position, Gen.Int[1000, 5000]).Select((column, at, by) =>
            new Tampering($"{column} at {at} moves by {by}", c => Run(c, $"UPDATE events SET {column} = {column} + {by} WHERE position = {at}"), at)),
        Position.Select(at => new Tampering($"delete {at}", c => Run(c, $"DELETE FROM events WHERE position = {at}"), at)),
        Position.Select(from => new Tampering($"cut from {from}", c => Run(c, $"DELETE FROM events WHERE position >= {from}"), from)),
        Position.Select(to => new Tampering($"cut up to {to}", c => Run(c, $"DELETE FROM events WHERE position <= {to}"), 1)),
        Pair.Select(p => new Tampering($"swap places of {p}", c => SwapPositions(c, p.First, p.Second), p.First)),
        Pair.Select(p => new Tampering($"swap payloads of {p}", c => SwapPayloads(c, p.First, p.Second), p.First)),
        Gen.Int[-50, 0].Select(at => new Tampering($"insert at {at}", c => InsertCopy(c, at), at)),
        Gen.Int[1, 5].Select(n => new Tampering($"append {n} forged with a right chain", c => AppendForged(c, n), Events + 1)),
        Position.Select(from => new Tampering($"rewrite from {from} with a right chain", c => Rewrite(c, from), Events)),
        Gen.OneOf<string>("hash", "mac").Select(Gen.Int[0, 31]).Select((column, index) =>
            new Tampering($"byte {index} of the head's {column}", c => FlipHead(c, column, index), Events)),
        Gen.Int[-20, 20].Where(n => n != 0).Select(by =>
            new Tampering($"head moves by {by}", c => Run(c, $"UPDATE head SET position = position + {by}"), Events)),
        Gen.Int[0, 5].Select(n => new Tampering(
            $"no head, {n} cut", c => Run(c, $"DELETE FROM head; DELETE FROM events WHERE position > {Events - n}"), Events - n + 1)));

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static byte[] Blob(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (byte[])command.ExecuteScalar()!;
    }

    private static void SetBlob(SqliteConnection connection, string sql, byte[] value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }

    private static void FlipBit(SqliteConnection connection, string column, int at, int index, int bit)
    {
        var bytes = Blob(connection, $"SELECT {column} FROM events WHERE position = {at}");
        bytes[index % bytes.Length] ^= (byte)(1 << bit);
        SetBlob(connection, $"UPDATE events SET {column} = $value WHERE position = {at}", bytes);
    }

    private static void FlipHead(SqliteConnection connection, string column, int index)
    {
        var bytes = Blob(connection, $"SELECT {column} FROM head");
        bytes[index] ^= 1;
        SetBlob(connection, $"UPDATE head SET {column} = $value", bytes);
    }

    private static void SwapPositions(SqliteConnection connection, int a, int b) =>
        Run(connection, $"UPDATE events SET position = -1 WHERE position = {a}; UPDATE events SET position = {a} WHERE position = {b}; UPDATE events SET position = {b} WHERE position = -1");

    private static void SwapPayloads(SqliteConnection connection, int a, int b)
    {
        var first = Blob(connection, $"SELECT payload FROM events WHERE position = {a}");
        var second = Blob(connection, $"SELECT payload FROM events WHERE position = {b}");
        SetBlob(connection, $"UPDATE events SET payload = $value WHERE position = {a}", second);
        SetBlob(connection, $"UPDATE events SET payload = $value WHERE position = {b}", first);
    }

    private static void InsertCopy(SqliteConnection connection, int at) =>
        Run(connection, $"INSERT INTO events SELECT {at}, 'inserted', 1, type, occurred_at, actor, payload, hash FROM events WHERE position = 7");

    // The chain itself has no secret: whoever can write the database can compute it. Only the head's key stands in the way.
    private static void AppendForged(SqliteConnection connection, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            Run(connection, $"INSERT INTO events SELECT {Events + i}, 'forged', {i}, type, occurred_at, actor, payload, hash FROM events WHERE position = 7");
        }

        Rechain(connection, Events + 1, Events + count);
    }

    private static void Rewrite(SqliteConnection connection, int from)
    {
        SetBlob(connection, $"UPDATE events SET payload = $value WHERE position = {from}", "{\"text\":\"nothing happened\"}"u8.ToArray());
        Rechain(connection, from, Events);
    }

    private static void Rechain(SqliteConnection connection, int from, int to)
    {
        var hasher = new EventHash();
        var hash = from == 1 ? new byte[32] : Blob(connection, $"SELECT hash FROM events WHERE position = {from - 1}");
        for (var at = from; at <= to; at++)
        {
            using (var command = connection.CreateCommand())
            {
                command.CommandText = $"SELECT stream, version, type, occurred_at, actor, payload FROM events WHERE position = {at}";
                using var row = command.ExecuteReader();
                row.Read();
                hasher.Compute(
                    hash, at, Encoding.UTF8.GetBytes(row.GetString(0)), row.GetInt64(1), Encoding.UTF8.GetBytes(row.GetString(2)), row.GetInt64(3),
                    Encoding.UTF8.GetBytes(row.GetString(4)), (byte[])row[5], hash);
            }

            SetBlob(connection, $"UPDATE events SET hash = $value WHERE position = {at}", hash);
        }
    }
}
