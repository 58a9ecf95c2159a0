namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>
/// Versions of recently written streams. Two generations: when the young one is full it becomes the old one, and what nobody asked for
/// since is forgotten; constant cost, bounded memory. What a batch changed counts only once the batch is durable.
/// </summary>
internal sealed class StreamVersions(int capacity = 4096)
{
    private Dictionary<string, long> _young = new(capacity);
    private Dictionary<string, long> _old = [];
    private readonly Dictionary<string, long> _batch = [];

    public long? Find(string stream)
    {
        if (_batch.TryGetValue(stream, out var version) || _young.TryGetValue(stream, out version))
        {
            return version;
        }

        if (_old.Remove(stream, out version))
        {
            Keep(stream, version);
            return version;
        }

        return null;
    }

    public void Set(string stream, long version) => _batch[stream] = version;

    public void Accept()
    {
        foreach (var (stream, version) in _batch)
        {
            _old.Remove(stream);
            Keep(stream, version);
        }

        _batch.Clear();
    }

    /// <summary>After a failure the database is the only truth.</summary>
    public void Forget()
    {
        _batch.Clear();
        _young.Clear();
        _old.Clear();
    }

    private void Keep(string stream, long version)
    {
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[stream] = version;
    }
}
