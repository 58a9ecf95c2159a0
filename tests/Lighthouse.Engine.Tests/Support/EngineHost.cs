using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Sets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Support;

/// <summary>The whole engine over a real SQLite log in a folder of its own, under a clock that only the test moves.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _ownsDirectory;

    private EngineHost(IHost host, FakeTimeProvider clock, StubReviewers reviewers, string directory, bool ownsDirectory)
    {
        (_host, Clock, Reviewers, DataDirectory, _ownsDirectory) = (host, clock, reviewers, directory, ownsDirectory);
    }

    public FakeTimeProvider Clock { get; }
    public StubReviewers Reviewers { get; }
    public string DataDirectory { get; }
    public IValidationEngine Engine => Get<IValidationEngine>();
    public IEscalationInbox Inbox => Get<IEscalationInbox>();
    public IAgentDirectory Agents => Get<IAgentDirectory>();
    public IEventStore Store => Get<IEventStore>();

    /// <summary>When the clock of these tests begins.</summary>
    public static DateTimeOffset Begin { get; } = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The password again, on the page: good for the first ten minutes of a test.</summary>
    public static PasswordProof JustGiven { get; } = new(Begin, Here: true);

    public static Caller Admin { get; } = new("u-admin", CallerKind.Human, Roles.Admin, "admin", null, null) { Proof = JustGiven };
    public static Caller Expert { get; } = new("u-eve", CallerKind.Human, Roles.Expert, "eve", null, null) { Proof = JustGiven };

    public static async Task<EngineHost> StartAsync(string? directory = null, Action<IServiceCollection>? configure = null, FakeTimeProvider? clock = null)
    {
        clock ??= new FakeTimeProvider(Begin);
        var path = directory ?? Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        var reviewers = new StubReviewers();
        var host = new HostBuilder()
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureServices(services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.AddSingleton<IReviewerDirectory>(reviewers);
                services.Configure<LighthouseOptions>(o => o.DataDirectory = path);
                services.AddSingleton(SharedCedar.Module);
                // A loaded machine is no reason for a test to fail; the test of the timeout sets its own.
                services.Configure<PolicyOptions>(o => o.TimeoutMs = 10_000);
                configure?.Invoke(services);
                services.AddLighthouseEngine();
            })
            .Build();
        await host.StartAsync();
        return new EngineHost(host, clock, reviewers, path, directory is null);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task<Caller> AgentAsync(string name = "claude@build-3", string owner = "admin")
    {
        var key = await Agents.CreateKeyAsync(Admin, new NewKey { Name = name, Role = Roles.Agent, Owner = owner }, CancellationToken.None);
        return Get<ICredentials>().Verify(key.Secret).ShouldNotBeNull();
    }

    public async Task<Caller> ExpertKeyAsync()
    {
        var key = await Agents.CreateKeyAsync(Admin, new NewKey { Name = "expert key", Role = Roles.Expert, Owner = "admin" }, CancellationToken.None);
        return Get<ICredentials>().Verify(key.Secret).ShouldNotBeNull();
    }

    public static DecisionRequest Bash(string command, string? requestId = null, string directory = "/home/test/project") => new()
    {
        Tool = "Bash",
        Input = JsonSerializer.SerializeToElement(new { command }),
        WorkingDirectory = directory,
        SessionId = "s",
        RequestId = requestId,
    };

    public Task<Decision> DecideAsync(Caller agent, string command, string? requestId = null, bool dryRun = false, bool holds = false) =>
        Engine.DecideAsync(agent, Bash(command, requestId), new DecideOptions(Clock.GetTimestamp(), dryRun, holds), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        if (_ownsDirectory)
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }
}

/// <summary>Humans as the host would know them.</summary>
internal sealed class StubReviewers : IReviewerDirectory
{
    public Dictionary<string, Roles> Humans { get; } = new() { ["u-admin"] = Roles.Admin, ["u-eve"] = Roles.Expert };

    public bool OtherReviewer { get; set; }

    public ValueTask<Roles> RolesOfAsync(string userId, CancellationToken cancellationToken) => new(Humans.GetValueOrDefault(userId));

    public ValueTask<bool> AnyOtherReviewerAsync(string userName, CancellationToken cancellationToken) => new(OtherReviewer);
}
