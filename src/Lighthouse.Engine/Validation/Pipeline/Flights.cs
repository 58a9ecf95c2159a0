using System.Collections.Concurrent;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// Single flight: identical requests that are under way at the same time are judged once. A flight lasts until its leader's decision is
/// recorded and remembered, so that nobody falls into the gap between judging and remembering; it can be joined for half a second at most.
/// </summary>
internal sealed class Flights(TimeProvider time)
{
    private static readonly TimeSpan Boarding = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Identity, Flight> _flights = new();

    public int Count => _flights.Count;

    /// <returns>The flight, and whether the caller leads it: then it has to end it, whatever happens.</returns>
    public (Flight Flight, bool Leads) Join(TierRequest asked, Func<TierRequest, Task<Judgement>> judge)
    {
        var identity = new Identity(asked);
        while (true)
        {
            if (_flights.TryGetValue(identity, out var flight))
            {
                if (time.GetElapsedTime(flight.Started) < Boarding)
                {
                    return (flight, false);
                }

                // It hangs, or its recording does: what it found may be old news.
                _flights.TryRemove(KeyValuePair.Create(identity, flight));
            }

            flight = new Flight(identity, time.GetTimestamp());
            if (_flights.TryAdd(identity, flight))
            {
                flight.Take(judge(asked));
                return (flight, true);
            }
        }
    }

    public void End(Flight flight) => _flights.TryRemove(KeyValuePair.Create(flight.Identity, flight));

    internal sealed class Flight(Identity identity, long started)
    {
        private readonly TaskCompletionSource<Judgement> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Identity Identity => identity;
        public long Started => started;
        public Task<Judgement> Landed => _landed.Task;

        public void Take(Task<Judgement> judging)
        {
            if (judging.IsCompletedSuccessfully)
            {
                _landed.SetFromTask(judging);
                return;
            }

            _ = judging.ContinueWith(static (done, landed) => ((TaskCompletionSource<Judgement>)landed!).SetFromTask(done), _landed, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Equal only where tool, input, directory and scope are, byte for byte; the hash is seeded per process.</summary>
    internal sealed class Identity : IEquatable<Identity>
    {
        private readonly TierRequest _asked;
        private readonly int _hash;

        public Identity(TierRequest asked)
        {
            var hash = new HashCode();
            hash.AddBytes(asked.RawInput);
            hash.Add(asked.Request.Tool, StringComparer.Ordinal);
            hash.Add(asked.Request.WorkingDirectory, StringComparer.Ordinal!);
            hash.Add(asked.Scope);
            (_asked, _hash) = (asked, hash.ToHashCode());
        }

        public bool Equals(Identity? other) =>
            other is not null && _hash == other._hash && _asked.RawInput.SequenceEqual(other._asked.RawInput) && _asked.Request.Tool == other._asked.Request.Tool
            && _asked.Request.WorkingDirectory == other._asked.Request.WorkingDirectory && _asked.Scope.Equals(other._asked.Scope);

        public override bool Equals(object? obj) => Equals(obj as Identity);

        public override int GetHashCode() => _hash;
    }
}
