using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Storage.Tests.Validation;

public sealed class DecisionLogTests : IAsyncDisposable
{
    private readonly Tower _tower = new();

    private IDecisionLog Log => _tower.Services.GetRequiredService<IDecisionLog>();
    private string Views => Path.Combine(_tower.Directory, "views.db");

    public ValueTask DisposeAsync() => _tower.DisposeAsync();

    [Fact]
    public async Task Find_RightAfterTheAppend_ReturnsWhatWasRecorded()
    {
        Start();
        await RecordAsync("d1", "ls -la");

        var found = await Log.FindAsync("d1", CancellationToken.None);

        found.ShouldNotBeNull().Request.Input.GetProperty("command").GetString().ShouldBe("ls -la");
        (await Log.FindAsync("d2", CancellationToken.None)).ShouldBeNull();
        (await Log.FindAsync(new string('d', 5_000), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Search_PagesNewestFirst_WithoutRepeatingOrMissingOne()
    {
        Start();
        for (var i = 0; i < 25; i++)
        {
            await RecordAsync($"d{i}", $"cat file-{i}.txt");
        }

        await CatchUpAsync();
        var seen = new List<string>();
        long? before = null;
        do
        {
            var page = await Log.SearchAsync(new DecisionQuery(Before: before, Limit: 10), CancellationToken.None);
            seen.AddRange(page.Rows.Select(r => r.Id));
            before = page.NextBefore;
        }
        while (before is not null);

        seen.ShouldBe(Enumerable.Range(0, 25).Reverse().Select(i => $"d{i}"));
        Log.Lag.ShouldBe(0);
    }

    [Fact]
    public async Task Search_Filters_CombineAndTakeTextLiterally()
    {
        Start();
        await RecordAsync("d1", "echo 100% done", Verdict.Allow);
        await RecordAsync("d2", "echo 1000 done", Verdict.Allow);
        await RecordAsync("d3", "rm -rf ~/", Verdict.Deny, agent: "other");
        await RecordAsync("d4", "rm_x", Verdict.Escalate);
        await CatchUpAsync();

        (await IdsAsync(new DecisionQuery("100%"))).ShouldBe(["d1"]);
        (await IdsAsync(new DecisionQuery("DONE echo"))).ShouldBe(["d2", "d1"]);
        (await IdsAsync(new DecisionQuery("rm_"))).ShouldBe(["d4"]);
        (await IdsAsync(new DecisionQuery(Verdict: Verdict.Deny))).ShouldBe(["d3"]);
        (await IdsAsync(new DecisionQuery("rm", AgentId: "agent-1"))).ShouldBe(["d4"]);
        (await IdsAsync(new DecisionQuery(Tier: DecisionTier.Memory))).ShouldBeEmpty();
        (await IdsAsync(new DecisionQuery("'; DROP TABLE decisions; --"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_LongCommandOfManyLines_ShowsOneLineAndFindsItsEnd()
    {
        Start();
        await RecordAsync("d1", string.Join('\n', Enumerable.Repeat("echo something", 80)) + "\nneedle-at-the-end");
        await CatchUpAsync();

        var page = await Log.SearchAsync(new DecisionQuery("needle-at-the-end"), CancellationToken.None);

        var subject = page.Rows.ShouldHaveSingleItem().Subject;
        subject.Length.ShouldBe(DecisionSubject.ShownLength);
        subject.ShouldNotContain('\n');
        subject.ShouldEndWith("…");
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("garbage")]
    [InlineData("table dropped")]
    [InlineData("another log")]
    public async Task Start_UnusableViews_AreRebuiltFromTheLog(string damage)
    {
        Start();
        for (var i = 0; i < 1_200; i++)
        {
            _ = RecordAsync($"d{i}", $"cat file-{i}.txt");
        }

        await RecordAsync("last", "true");
        await CatchUpAsync();
        await _tower.StopAsync();
        Damage(damage);

        Start();
        await CatchUpAsync(attempts: 2);

        var page = await Log.SearchAsync(new DecisionQuery(Limit: 500), CancellationToken.None);
        page.Rows.Count.ShouldBe(500);
        page.Rows[0].Id.ShouldBe("last");
        (await IdsAsync(new DecisionQuery("file-1.txt"))).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task Search_ViewsDeletedWhileRunning_SaysSoAndTheyComeBack()
    {
        Start();
        await RecordAsync("d1", "ls");
        await CatchUpAsync();
        File.Delete(Views);

        (await Should.ThrowAsync<LighthouseException>(IdsAsync(new DecisionQuery()))).Code.ShouldBe(ErrorCodes.StorageUnavailable);
        await CatchUpAsync();

        (await IdsAsync(new DecisionQuery())).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task Follow_NewDecisions_AppearAndAreSignalled()
    {
        Start();
        var changed = new TaskCompletionSource();
        using var subscription = _tower.Services.GetRequiredService<IChangeSignal>().Subscribe(ChangeTopic.Decisions, () => changed.TrySetResult());
        var projection = _tower.Services.GetRequiredService<DecisionProjection>();
        await projection.StartAsync(CancellationToken.None);
        await RecordAsync("d1", "ls");

        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20));

        (await IdsAsync(new DecisionQuery())).ShouldBe(["d1"]);
        await projection.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task CatchUp_UnreadableDecision_LeavesOutThatOneOnly()
    {
        Start();
        await RecordAsync("d1", "ls");
        await _tower.AppendAsync(new NewEvent("decision-d2", 0, EventTypes.DecisionRecorded, "agent:a", "{\"id\":7"u8.ToArray()));
        await RecordAsync("d3", "ls");

        await CatchUpAsync();

        (await IdsAsync(new DecisionQuery())).ShouldBe(["d3", "d1"]);
        (await Should.ThrowAsync<LighthouseException>(Log.FindAsync("d2", CancellationToken.None))).Code.ShouldBe(ErrorCodes.Internal);
    }

    private void Start() => _tower.Start(more: services => services.AddDecisionLog());

    private async Task CatchUpAsync(int attempts = 1)
    {
        // The service tries again after a failure; here the test does, without its delay.
        var projection = _tower.Services.GetRequiredService<DecisionProjection>();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await projection.CatchUpAsync(CancellationToken.None);
                return;
            }
            catch (Microsoft.Data.Sqlite.SqliteException) when (attempt < attempts)
            {
                projection.Distrust("its file is damaged");
            }
        }
    }

    private async Task<IEnumerable<string>> IdsAsync(DecisionQuery query) =>
        (await Log.SearchAsync(query, CancellationToken.None)).Rows.Select(r => r.Id);

    private Task RecordAsync(string id, string command, Verdict verdict = Verdict.Allow, string agent = "agent-1") =>
        _tower.AppendAsync(SampleDecision.Event(id, command, verdict, agent));

    private void Damage(string damage)
    {
        switch (damage)
        {
            case "deleted":
                File.Delete(Views);
                break;
            case "garbage":
                File.WriteAllBytes(Views, [.. Enumerable.Repeat((byte)'x', 20_000)]);
                break;
            case "table dropped":
                Execute("DROP TABLE decisions; CREATE TABLE decisions(nonsense TEXT)");
                break;
            default:
                Execute("DELETE FROM decisions; UPDATE checkpoint SET stream = 'decision-elsewhere'");
                break;
        }
    }

    private void Execute(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Views};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
