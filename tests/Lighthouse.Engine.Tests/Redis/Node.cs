using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>A whole engine, under the real clock, that shares a Redis with others of the same tower key.</summary>
internal sealed class Node(EngineHost host, Caller agent) : IAsyncDisposable
{
    public const int DefaultTimeout = 25;
    public const string TowerKey = "tests share this tower key of 32+";

    public EngineHost Host => host;
    public Caller Agent => agent;
    public ISpeedLayer Speed => host.Get<ISpeedLayer>();
    public IEpochs Epochs => host.Get<IEpochs>();
    public bool IsConfirmed => Speed.Coherence().Confirmed;

    /// <summary>Has just given the password, on the real clock.</summary>
    public static Caller Admin => EngineHost.Admin with { Proof = new PasswordProof(TimeProvider.System.GetUtcNow(), Here: true) };

    /// <param name="timeout">Long, so that a busy machine does not send to policy what a test expects from Redis; tests of outages take the default.</param>
    public static async Task<Node> StartAsync(
        string configuration, Action<IServiceCollection>? configure = null, string key = TowerKey, bool ready = true, int timeout = 5_000)
    {
        var host = await EngineHost.StartAsync(configure: services =>
        {
            services.AddSingleton(TimeProvider.System);
            services.Configure<RedisOptions>(options => (options.Configuration, options.Key, options.TimeoutMilliseconds) = (configuration, key, timeout));
            EngineSettings.NoLimits(services);
            configure?.Invoke(services);
        });
        var created = await host.Agents.CreateKeyAsync(Admin, new NewKey { Name = "agent", Role = Roles.Agent, Owner = "admin" }, CancellationToken.None);
        var node = new Node(host, host.Get<ICredentials>().Verify(created.Secret).ShouldNotBeNull());
        if (ready)
        {
            await Eventually.TrueAsync(() => node.IsConfirmed, "the node confirms the generation");
        }

        return node;
    }

    public Task<Decision> DecideAsync(string command, CancellationToken cancellationToken = default) =>
        host.Engine.DecideAsync(agent, EngineHost.Bash(command), new DecideOptions(TimeProvider.System.GetTimestamp()), cancellationToken);

    public TierState Tier(string name) => Speed.Tiers().Single(one => one.Tier == name);

    /// <summary>Until everything that this node wants to share stands in Redis.</summary>
    public Task WrittenAsync(int entries) => Eventually.TrueAsync(() => Speed.Redis()!.Written >= entries, $"{entries} entries are written");

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
