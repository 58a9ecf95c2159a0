using System.Globalization;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Web.Features.Overview;

public enum HealthLevel { Unknown, Good, Degraded, Failed }

/// <summary>The state of recording in one sentence; without recording nothing is decided.</summary>
public sealed record StoreHealth(HealthLevel Level, string Sentence, string Detail)
{
    private const long LateProjection = 1000;

    public static StoreHealth Unknown { get; } = new(HealthLevel.Unknown, "Reading the state", "");

    public static StoreHealth Of(EventStoreHealth health, long lag)
    {
        ArgumentNullException.ThrowIfNull(health);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{health.Head:#,0} events · {health.QueueDepth:#,0} waiting to be written");
        return (health.Writable, health.Problem) switch
        {
            (false, var problem) => new(HealthLevel.Failed, "Decisions cannot be recorded, so every request is refused. " + (problem ?? "The event store is not writable."), detail),
            (true, { } problem) => new(HealthLevel.Degraded, problem, detail),
            _ when lag > LateProjection => new(HealthLevel.Degraded, string.Create(CultureInfo.InvariantCulture, $"Every decision is recorded; the searchable log is {lag:#,0} events behind."), detail),
            _ => new(HealthLevel.Good, "Every decision is recorded", detail),
        };
    }
}
