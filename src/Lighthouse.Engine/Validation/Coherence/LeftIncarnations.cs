namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>
/// Incarnations that this node has seen end. One that comes back would bring its answers back, so it counts as a store that went back. Kept for
/// longer than any entry lives; past <see cref="Most"/> nothing is forgotten for another one, and no further incarnation is believed.
/// </summary>
internal sealed class LeftIncarnations(TimeProvider time, TimeSpan keep)
{
    /// <summary>A failover in every second of an hour is nobody's failover.</summary>
    public const int Most = 4_096;

    private readonly Dictionary<string, long> _left = new(StringComparer.Ordinal);

    public bool Contains(string incarnation) => _left.ContainsKey(incarnation);

    /// <returns>False when there were too many.</returns>
    public bool TryLeave(string incarnation)
    {
        if (_left.Count >= Most)
        {
            foreach (var (old, _) in _left.Where(one => time.GetElapsedTime(one.Value) > keep).ToArray())
            {
                _left.Remove(old);
            }
        }

        if (_left.Count >= Most && !_left.ContainsKey(incarnation))
        {
            return false;
        }

        _left[incarnation] = time.GetTimestamp();
        return true;
    }
}
