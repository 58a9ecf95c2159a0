using System.Collections.Frozen;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.EventStore.Storage;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.EventStore.Projections;

/// <summary>Hands events to the in-memory folds. A fold that fails is reported and never stops the log.</summary>
internal sealed class FoldRunner(IEnumerable<IEventFold> folds, StoreState state, ILogger log)
{
    private readonly FrozenDictionary<string, IEventFold[]> _byType = folds
        .SelectMany(fold => fold.Types.Where(t => t != EventTypes.DecisionRecorded).Distinct(), (fold, type) => (fold, type))
        .GroupBy(pair => pair.type, pair => pair.fold)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public IReadOnlyCollection<string> Types => _byType.Keys;

    public bool Wants(string type) => _byType.ContainsKey(type);

    public void Live()
    {
        foreach (var fold in _byType.Values.SelectMany(static interested => interested).Distinct())
        {
            fold.Live();
        }
    }

    public void Apply(StoredEvent stored)
    {
        if (!_byType.TryGetValue(stored.Type, out var interested))
        {
            return;
        }

        foreach (var fold in interested)
        {
            try
            {
                fold.Apply(stored);
            }
            catch (Exception exception)
            {
                EventStoreLog.FoldFailed(log, exception, fold.GetType().Name, stored.Position, stored.Type);
                state.Folds = $"{fold.GetType().Name} could not apply the event at position {stored.Position} ({stored.Type})";
            }
        }
    }
}
