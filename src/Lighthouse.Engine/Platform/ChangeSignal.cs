using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Platform;

internal sealed class ChangeSignal(ILogger<ChangeSignal> log) : IChangeSignal
{
    private ImmutableArray<Subscription> _subscriptions = [];

    public void Publish(ChangeTopic topics)
    {
        foreach (var subscription in _subscriptions)
        {
            if ((subscription.Topics & topics) == 0)
            {
                continue;
            }

            try
            {
                subscription.OnChange();
            }
            catch (Exception exception)
            {
                log.SubscriberFailed(exception);
            }
        }
    }

    public IDisposable Subscribe(ChangeTopic topics, Action onChange)
    {
        var subscription = new Subscription(this, topics, onChange);
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Add(one), subscription);
        return subscription;
    }

    private sealed class Subscription(ChangeSignal owner, ChangeTopic topics, Action onChange) : IDisposable
    {
        public ChangeTopic Topics { get; } = topics;
        public Action OnChange { get; } = onChange;

        public void Dispose() =>
            ImmutableInterlocked.Update(ref owner._subscriptions, static (all, one) => all.Remove(one), this);
    }
}
