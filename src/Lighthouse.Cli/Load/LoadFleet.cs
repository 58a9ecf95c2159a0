using Lighthouse.Client;
using Lighthouse.Contracts;

namespace Lighthouse.Cli.Load;

/// <summary>Virtual agents with keys of their own, connected as real agents are; the keys end with the run.</summary>
internal sealed class LoadFleet : IAsyncDisposable
{
    private const int AtOnce = 32;

    private readonly LighthouseClient _client;
    private readonly IReadOnlyList<CreatedAgent> _agents;
    private readonly AgentConnection[] _connections;

    private LoadFleet(LighthouseClient client, IReadOnlyList<CreatedAgent> agents, Uri server)
    {
        _client = client;
        _agents = agents;
        _connections = [.. agents.Select(agent => new AgentConnection(server, agent.Secret))];
    }

    public IReadOnlyList<AgentConnection> Connections => _connections;

    public static async Task<LoadFleet> ConnectAsync(LoadPlan plan, LighthouseClient client, string name, CancellationToken cancellationToken)
    {
        var agents = await client.CreateAgentsAsync(name, plan.Agents, cancellationToken);
        var fleet = new LoadFleet(client, agents, plan.Server);
        try
        {
            await ForEachAsync(fleet._connections, async connection =>
            {
                await connection.StartAsync(cancellationToken);
                // Before the clock starts: what a process does for the first time only is not what the load is about.
                await connection.DecideAsync(LoadScript.Step(0).Request, cancellationToken);
            });
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ForEachAsync(_connections, static connection => connection.DisposeAsync().AsTask());
        try
        {
            await ForEachAsync(_agents, agent => _client.RevokeKeyAsync(agent.KeyId, "the load run ended"));
        }
        catch (Exception exception) when (exception is HttpRequestException or LighthouseException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Keys of the virtual agents are still live: " + exception.Message);
        }
    }

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (item, _) => await action(item));
}
