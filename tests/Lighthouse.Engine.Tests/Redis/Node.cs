using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>A whole engine, under the real clock, that shares a Redis with others of the same tower key.</summary>
internal sealed class Node(EngineHost host, Caller agent, string directory) : IAsyncDisposable
{
    public const int DefaultTimeout = 25;
    public const string TowerKey = "tests share this tower key of 32+";

    // All nodes of the tests protect the directory above theirs, and so the same: else none would believe another.
    private static readonly string Above = Path.Combine(Path.GetTempPath(), "lighthouse-nodes");

    public EngineHost Host => host;
    public Caller Agent => agent;
    public ISpeedLayer Speed => host.Get<ISpeedLayer>();
    public IEpochs Epochs => host.Get<IEpochs>();
    public bool IsConfirmed => Speed.Coherence().Confirmed;

    /// <summary>Has just given the password, on the real clock.</summary>
    public static Caller Admin => EngineHost.Admin with { Proof = new PasswordProof(TimeProvider.System.GetUtcNow(), Here: true) };

    /// <param name="timeout">Long, so that a busy machine does not send to policy what a test expects from Redis; tests of outages take the default.</param>
    public static async Task<Node> StartAsync(
        string configuration, Action<IServiceCollection>? configure = null, string key = TowerKey, bool ready = true, int timeout = 5_000,
        bool protectsOthers = true)
    {
        var directory = Directory.CreateDirectory(Path.Combine(Above, Guid.NewGuid().ToString("N"))).FullName;
        var host = await EngineHost.StartAsync(directory, services =>
        {
            services.Configure<WorkspaceOptions>(options => options.Protected = protectsOthers ? [Above] : []);
            services.AddSingleton(TimeProvider.System);
            services.Configure<RedisOptions>(options => (options.Configuration, options.Key, options.TimeoutMilliseconds) = (configuration, key, timeout));
            EngineSettings.NoLimits(services);
            configure?.Invoke(services);
        });
        var created = await host.Agents.CreateKeyAsync(Admin, new NewKey { Name = "agent", Role = Roles.Agent, Owner = "admin" }, CancellationToken.None);
        var node = new Node(host, host.Get<ICredentials>().Verify(created.Secret).ShouldNotBeNull(), directory);
        if (ready)
        {
            await Eventually.TrueAsync(() => node.IsConfirmed, "the node confirms the generation");
        }

        return node;
    }

    public Task<Decision> DecideAsync(string command, CancellationToken cancellationToken = default) =>
        host.Engine.DecideAsync(agent, EngineHost.Bash(command), new DecideOptions(TimeProvider.System.GetTimestamp()), cancellationToken);

    public async Task ActivateAsync(string text)
    {
        var sets = host.Get<IPolicySets>();
        var saved = await sets.SaveAsync(Admin, new PolicySetDocument { Text = text }, "a test's", CancellationToken.None);
        await sets.ActivateAsync(Admin, saved.Number, sets.ActiveVersion, "a test's", CancellationToken.None);
    }

    public TierState Tier(string name) => Speed.Tiers().Single(one => one.Tier == name);

    /// <summary>Until everything that this node wants to share stands in Redis.</summary>
    public Task WrittenAsync(int entries) => Eventually.TrueAsync(() => Speed.Redis()!.Written >= entries, $"{entries} entries are written");

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
