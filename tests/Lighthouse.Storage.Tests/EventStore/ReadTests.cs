using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Storage.Tests.EventStore;

public sealed class ReadTests : IAsyncDisposable
{
    private readonly Tower _tower = new();

    public ValueTask DisposeAsync() => _tower.DisposeAsync();

    [Theory]
    [InlineData(null, null)]
    [InlineData("stream-1", null)]
    [InlineData(null, "even")]
    [InlineData(null, EventTypes.DecisionRecorded)]
    [InlineData("stream-1", "even")]
    [InlineData("stream-1", EventTypes.DecisionRecorded)]
    [InlineData("nowhere", null)]
    [InlineData(null, "never")]
    public async Task Read_AnyFilterInPages_GivesExactlyTheMatchingEventsInOrder(string? stream, string? type)
    {
        _tower.Start();
        for (var i = 0; i < 100; i++)
        {
            await _tower.AppendAsync(Tower.Event($"stream-{i % 3}", type: i % 2 == 0 ? "even" : EventTypes.DecisionRecorded));
        }

        var found = new List<long>();
        IReadOnlyList<StoredEvent> page;
        do
        {
            page = await _tower.Store.ReadAsync(new EventQuery(found.LastOrDefault(), 7, stream, type), CancellationToken.None);
            page.Count.ShouldBeLessThanOrEqualTo(7);
            found.AddRange(page.Select(e => e.Position));
        }
        while (page.Count > 0);

        found.ShouldBe(Enumerable.Range(0, 100)
            .Where(i => (stream is null || stream == $"stream-{i % 3}") && (type is null || type == (i % 2 == 0 ? "even" : EventTypes.DecisionRecorded)))
            .Select(i => (long)i + 1));
    }

    [Fact]
    public async Task Read_RareTypeAndFolds_UseTheSmallIndex()
    {
        _tower.Start();
        using var connection = _tower.Open();

        Plan("SELECT payload FROM events WHERE type = ? AND type <> 'decision.recorded' AND position > ? ORDER BY position LIMIT ?")
            .ShouldContain("events_by_type");
        Plan("SELECT payload FROM events WHERE position IN (SELECT position FROM events WHERE type IN (?, ?) AND type <> 'decision.recorded' AND position > ?) ORDER BY position")
            .ShouldContain("events_by_type");
        Plan("SELECT payload FROM events WHERE stream = ? AND position > ? ORDER BY version LIMIT ?").ShouldNotContain("TEMP B-TREE");

        string Plan(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + sql.Replace("?", "$any");
            command.Parameters.AddWithValue("$any", "x");
            using var row = command.ExecuteReader();
            var lines = new List<string>();
            while (row.Read())
            {
                lines.Add(row.GetString(3));
            }

            return string.Join('\n', lines);
        }
    }
}
