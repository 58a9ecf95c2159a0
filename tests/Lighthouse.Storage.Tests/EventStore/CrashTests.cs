using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Storage.Tests.EventStore;

public sealed class CrashTests
{
    private static int Rounds => Environment.GetEnvironmentVariable("LIGHTHOUSE_SOAK") == "1" ? 50 : 3;

    [Fact]
    public async Task Kill_WhileTwoHundredWriters_LosesNothingAcknowledged()
    {
        await using var tower = new Tower();
        var acknowledged = new Dictionary<string, long>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (stream, position) in await CrashTarget.KillAfterAsync(tower.Directory, Random.Shared.Next(1, 4_000)))
            {
                acknowledged.Add(stream, position);
            }

            tower.Start();
            var report = await tower.Store.VerifyAsync(null, CancellationToken.None);
            report.Problem.ShouldBeNull();
            report.Events.ShouldBe(tower.Store.Head);
            var found = await StreamsByPositionAsync(tower);
            foreach (var (stream, position) in acknowledged)
            {
                found.TryGetValue(position, out var there).ShouldBeTrue($"position {position} of {stream} is gone");
                there.ShouldBe(stream);
            }

            await tower.StopAsync();
        }
    }

    private static async Task<Dictionary<long, string>> StreamsByPositionAsync(Tower tower)
    {
        var found = new Dictionary<long, string>();
        IReadOnlyList<StoredEvent> page;
        var after = 0L;
        do
        {
            page = await tower.Store.ReadAsync(new EventQuery(after, 5_000), CancellationToken.None);
            foreach (var stored in page)
            {
                stored.Position.ShouldBe(after + 1);
                found.Add(after = stored.Position, stored.Stream);
            }
        }
        while (page.Count > 0);
        return found;
    }
}
