using System.Collections.Concurrent;
using Lighthouse.Client;
using Lighthouse.Contracts;
using Lighthouse.EndToEnd.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>kill -9 while 200 connections decide loses nothing that was acknowledged; a changed byte is named.</summary>
public sealed class DurabilityTests
{
    private const int Connections = 200;
    private const int WantedBeforeTheKill = 3_000;

    [Fact]
    public async Task Kill_WhileTwoHundredConnectionsDecide_LosesNothingAcknowledged()
    {
        await using var tower = await Tower.StartAsync();
        using var agent = tower.Agent;
        using var operations = tower.Operator;
        using var expert = tower.Expert;
        var open = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            open.Add((await agent.DecideAsync(Requests.Bash($"frobnicate --open-{i}"))).EscalationId!);
        }

        var acknowledged = await DecideUntilKilledAsync(tower, operations);

        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(WantedBeforeTheKill);
        acknowledged.Distinct().Count().ShouldBe(acknowledged.Count);
        await tower.StartAgainAsync();
        await Parallel.ForEachAsync(acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, cancel) =>
            (await operations.GetDecisionAsync(id, cancel)).Id.ShouldBe(id));
        (await expert.GetEscalationsAsync(EscalationState.Open)).Select(static one => one.Id).ShouldBe(open, ignoreOrder: true);
        var report = await operations.VerifyAsync();
        report.Ok.ShouldBeTrue(report.Problem);
        report.Events.ShouldBeGreaterThan(acknowledged.Count);
    }

    [Fact]
    public async Task Log_WithAChangedByte_IsNamedByTheServerAndTheCommandLine()
    {
        await using var tower = await Tower.StartAsync();
        using var agent = tower.Agent;
        for (var i = 0; i < 20; i++)
        {
            await agent.DecideAsync(Requests.Bash($"cat notes-{i}.txt"));
        }

        await tower.KillAsync();
        var position = await ChangeAByteAsync(Path.Combine(tower.Data, "lighthouse.db"));
        var offline = await CommandLine.RunAsync("verify", "--data", tower.Data);
        await tower.StartAgainAsync();
        using var operations = tower.Operator;
        var report = await operations.VerifyAsync();

        report.Ok.ShouldBeFalse();
        report.FirstBrokenPosition.ShouldBe(position);
        offline.ExitCode.ShouldBe(1, offline.Error);
        offline.Output.ShouldContain($"position {position}");
        // A broken log is an alarm, not an outage.
        (await agent.DecideAsync(Requests.Bash("ls -la"))).Verdict.ShouldBe(Verdict.Allow);
    }

    /// <returns>Ids of every decision that arrived before the kill.</returns>
    private static async Task<IReadOnlyCollection<string>> DecideUntilKilledAsync(Tower tower, LighthouseClient operations)
    {
        var keys = await operations.CreateAgentsAsync("killed", Connections);
        var acknowledged = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var agents = keys.Select(async (key, number) =>
        {
            await using var connection = new AgentConnection(tower.Url, key.Secret);
            await connection.StartAsync();
            try
            {
                for (var i = 0; ; i++)
                {
                    acknowledged.Add((await connection.DecideAsync(Requests.Bash($"cat notes-{number}-{i}.txt"))).Id);
                    if (acknowledged.Count >= WantedBeforeTheKill)
                    {
                        enough.TrySetResult();
                    }
                }
            }
            catch (IOException)
            {
                // The server is gone: what was acknowledged so far counts.
            }
        }).ToArray();

        await Task.WhenAny(enough.Task, Task.WhenAll(agents));
        await tower.KillAsync();
        await Task.WhenAll(agents);
        return acknowledged;
    }

    private static async Task<long> ChangeAByteAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select name from sqlite_master where type = 'trigger'";
        var triggers = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                triggers.Add(reader.GetString(0));
            }
        }

        foreach (var trigger in triggers)
        {
            command.CommandText = $"drop trigger \"{trigger}\"";
            await command.ExecuteNonQueryAsync();
        }

        command.CommandText = "select position, payload from events where type = 'decision.recorded' order by position limit 1 offset 7";
        long position;
        byte[] payload;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            (await reader.ReadAsync()).ShouldBeTrue();
            position = reader.GetInt64(0);
            payload = (byte[])reader[1];
        }

        payload[payload.Length / 2] ^= 1;
        command.CommandText = "update events set payload = $payload where position = $position";
        command.Parameters.AddWithValue("$payload", payload);
        command.Parameters.AddWithValue("$position", position);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        return position;
    }
}
