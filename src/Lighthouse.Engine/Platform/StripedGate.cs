namespace Lighthouse.Engine.Platform;

/// <summary>A fixed number of asynchronous locks; equal keys share one, so memory stays flat however many keys there are.</summary>
internal sealed class StripedGate(int stripes = 64) : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, stripes).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<Holder> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Holder(gate);
    }

    public void Dispose()
    {
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }

    public readonly struct Holder(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
