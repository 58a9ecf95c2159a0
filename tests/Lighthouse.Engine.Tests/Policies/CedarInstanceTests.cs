using System.Text;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Tests.Policies;

public sealed class CedarInstanceTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly CedarClock _clock = new(SharedCedar.Module);

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void Memory_PastItsLimit_TrapsAndBreaksTheInstance_NotTheProcess()
    {
        using var small = new CedarInstance(SharedCedar.Module, _clock, memoryLimit: 4 << 20);
        var huge = Enumerable.Repeat("permit(principal, action, resource);", 50_000);
        Should.Throw<CedarException>(() => small.TextToParts(string.Join('\n', huge), Long));
        small.IsBroken.ShouldBeTrue();
        using var other = new CedarInstance(SharedCedar.Module, _clock);
        Encoding.UTF8.GetString(other.TextToParts("permit(principal, action, resource);", Long)).ShouldContain("success");
    }

    [Fact]
    public void Nesting_PastTheStack_EndsInAnAnswerOrATrap_NotInACrash()
    {
        using var instance = new CedarInstance(SharedCedar.Module, _clock);
        var nested = "permit(principal, action, resource) when { " + new string('(', 30_000) + "true" + new string(')', 30_000) + " };";
        try
        {
            instance.TextToParts(nested, Long).ShouldNotBeEmpty();
        }
        catch (CedarException)
        {
            instance.IsBroken.ShouldBeTrue();
        }
    }

    [Fact]
    public void CallThatTakesTooLong_IsStopped_AndSaysSo()
    {
        using var instance = new CedarInstance(SharedCedar.Module, _clock);
        var many = string.Join('\n', Enumerable.Range(0, 20_000).Select(static i => $"permit(principal, action, resource) when {{ context.a{i} like \"*{i}*\" }};"));
        var stopped = Should.Throw<CedarException>(() => instance.TextToParts(many, TimeSpan.FromMilliseconds(5)));
        stopped.TimedOut.ShouldBeTrue();
        instance.IsBroken.ShouldBeTrue();
    }

    [Fact]
    public void CallThatIsNoJson_IsRefused_AndTheInstanceThrownAway()
    {
        using var instance = new CedarInstance(SharedCedar.Module, _clock);
        Should.Throw<CedarException>(() => instance.Validate([0xff, 0xfe, 0x80], Long));
        instance.IsBroken.ShouldBeTrue();
    }
}
