using System.Globalization;

namespace Lighthouse.Engine.Tests.MemoryTier;

public sealed class DecisionCacheConcurrencyTests
{
    [Fact]
    public async Task Cache_ManyThreadsSettingGettingAndClearing_NeverAnswersForAnotherKey()
    {
        var fixture = new CacheFixture(capacity: 64, hotAfter: 3);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => Hammer(fixture, worker))));

        fixture.Time.Advance(TimeSpan.FromSeconds(301));
        for (var i = 0; i < 64; i++)
        {
            fixture.Get(i.ToString(CultureInfo.InvariantCulture));
            fixture.Set("sweep" + i);
        }

        // Whatever the threads did, the books balance: nothing expired is left and nothing is counted twice.
        var after = fixture.Cache.Statistics();
        (after.Count, after.Hot).ShouldBe((64, 0));
        fixture.Cache.Clear();
        fixture.Cache.Statistics().Bytes.ShouldBe(0);
    }

    private static void Hammer(CacheFixture fixture, int worker)
    {
        var random = new Random(worker);
        for (var i = 0; i < 50_000; i++)
        {
            var text = random.Next(200).ToString(CultureInfo.InvariantCulture);
            switch (random.Next(100))
            {
                case < 30:
                    fixture.Set(text);
                    break;
                case 99 when i % 1_000 == 0:
                    fixture.Cache.Clear();
                    break;
                default:
                    (fixture.Get(text) ?? text).ShouldBe(text);
                    break;
            }
        }
    }
}
