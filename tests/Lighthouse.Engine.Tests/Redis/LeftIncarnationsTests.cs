using Lighthouse.Engine.Validation.Coherence;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Redis;

public sealed class LeftIncarnationsTests
{
    [Fact]
    public void TooMany_NothingIsForgotten_UntilItIsOld()
    {
        var time = new FakeTimeProvider();
        var left = new LeftIncarnations(time, TimeSpan.FromHours(2));
        for (var i = 0; i < LeftIncarnations.Most; i++)
        {
            left.TryLeave($"i{i}").ShouldBeTrue();
        }

        left.TryLeave("one more").ShouldBeFalse("no flood pushes an incarnation out");
        left.TryLeave("i5").ShouldBeTrue("it is there");
        left.Contains("i0").ShouldBeTrue();
        time.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        left.TryLeave("one more").ShouldBeTrue();
        left.Contains("i0").ShouldBeFalse("no entry of it is alive any more");
    }
}
