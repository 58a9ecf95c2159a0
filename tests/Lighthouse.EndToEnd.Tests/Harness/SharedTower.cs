using Lighthouse.EndToEnd.Tests.Harness;

[assembly: AssemblyFixture(typeof(SharedTower))]

namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>One server for all tests that leave it as they found it; started by the first that asks.</summary>
public sealed class SharedTower : IAsyncDisposable
{
    private readonly Lazy<Task<Tower>> _tower = new(static () => Tower.StartAsync());

    internal Task<Tower> TowerAsync() => _tower.Value;

    public async ValueTask DisposeAsync()
    {
        if (_tower.IsValueCreated)
        {
            await (await _tower.Value).DisposeAsync();
        }
    }
}
