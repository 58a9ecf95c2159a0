using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.Validation.Log.Storage;

/// <summary>How a decision is written into its row, found and read back.</summary>
internal static class DecisionRows
{
    private const int MaxWords = 8;

    private static readonly string[] Columns =
    [
        "position", "id", "decided_at", "agent_id", "agent_name", "tool", "subject", "verdict", "tier", "risk", "latency_ms", "escalation_id",
        "reason", "dry_run", "full_text",
    ];

    public static SqliteCommand Insert(SqliteConnection connection, SqliteTransaction transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"INSERT OR REPLACE INTO decisions({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))})";
        foreach (var column in Columns)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
        }

        return command;
    }

    public static void Bind(SqliteCommand insert, DecisionEntry entry)
    {
        var row = entry.Row;
        object?[] values =
        [
            row.Position, row.Id, row.DecidedAt.UtcTicks, row.AgentId, row.AgentName, row.Tool, row.Subject, (int)row.Verdict, (int)row.Tier,
            (int)row.Risk, row.LatencyMs, row.EscalationId, row.Reason, row.DryRun ? 1 : 0, entry.FullText,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    public static SqliteCommand Select(SqliteConnection connection, DecisionQuery query, int limit)
    {
        var command = connection.CreateCommand();
        var conditions = new StringBuilder();
        Add("position < $before", "$before", query.Before);
        Add("agent_id = $agent", "$agent", query.AgentId);
        Add("verdict = $verdict", "$verdict", (int?)query.Verdict);
        Add("tier = $tier", "$tier", (int?)query.Tier);
        var words = (query.Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var (index, word) in words.Take(MaxWords).Index())
        {
            Add($@"(subject LIKE $w{index} ESCAPE '\' OR full_text LIKE $w{index} ESCAPE '\' OR tool LIKE $w{index} ESCAPE '\' OR id LIKE $w{index} ESCAPE '\')",
                $"$w{index}", Pattern(word));
        }

        command.CommandText =
            $"SELECT {string.Join(", ", Columns)} FROM decisions WHERE 1{conditions} ORDER BY position DESC LIMIT $limit";
        command.Parameters.AddWithValue("$limit", limit);
        return command;

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Append(" AND ").Append(condition);
                command.Parameters.AddWithValue(name, value);
            }
        }
    }

    public static DecisionRow Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero), row.GetString(3), row.GetString(4), row.GetString(5),
        row.GetString(6), (Verdict)row.GetInt32(7), (DecisionTier)row.GetInt32(8), (Risk)row.GetInt32(9), row.GetDouble(10),
        row.IsDBNull(11) ? null : row.GetString(11), row.GetString(12), row.GetInt32(13) != 0);

    private static string Pattern(string word) =>
        $"%{word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
