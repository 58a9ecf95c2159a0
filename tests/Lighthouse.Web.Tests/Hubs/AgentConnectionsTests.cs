using System.Collections.Concurrent;
using System.Security.Claims;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Hubs;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lighthouse.Web.Tests.Hubs;

/// <summary>One pump talked to all connections: one that did not read delayed every other.</summary>
public sealed class AgentConnectionsTests
{
    private readonly FakeAgentDirectory _agents = new(TimeProvider.System);
    private readonly Lines _hub = new();
    private readonly AgentConnections _connections;

    public AgentConnectionsTests()
    {
        _connections = new AgentConnections(
            _hub, new FakeEscalationInbox(TimeProvider.System), new NoCredentials(), _agents, new FakeEmergencyStop(TimeProvider.System), NullLogger<AgentConnections>.Instance);
        _agents.Add("claude", "a1");
    }

    [Fact]
    public async Task Message_ToAConnectionThatDoesNotRead_DelaysNobodyElse()
    {
        await _connections.StartAsync(CancellationToken.None);
        var deaf = Connect("deaf", reads: false);
        Connect("hears", reads: true);

        for (var i = 0; i < 10; i++)
        {
            await _agents.SuspendAsync(null!, "a1", $"reason {i}", CancellationToken.None);
        }

        await _hub.ArrivedAsync("hears", 10);
        _hub.Received("hears").ShouldBe(Enumerable.Range(0, 10).Select(static i => $"reason {i}"));
        deaf.Aborted.ShouldBeFalse();
    }

    [Fact]
    public async Task Connection_WhoseQueueIsFull_IsCut()
    {
        await _connections.StartAsync(CancellationToken.None);
        var deaf = Connect("deaf", reads: false);
        var hears = Connect("hears", reads: true);

        // One is being sent, and then the queue fills up.
        for (var i = 0; i < Outbox.Capacity + 2; i++)
        {
            await _agents.SuspendAsync(null!, "a1", $"reason {i}", CancellationToken.None);
            await _hub.ArrivedAsync("hears", i + 1);
        }

        deaf.Aborted.ShouldBeTrue();
        hears.Aborted.ShouldBeFalse();
    }

    [Fact]
    public async Task Stopped_SendsNothingMore()
    {
        await _connections.StartAsync(CancellationToken.None);
        Connect("hears", reads: true);
        await _connections.StopAsync(CancellationToken.None);

        await _agents.SuspendAsync(null!, "a1", "late", CancellationToken.None);

        _hub.Received("hears").ShouldBeEmpty();
    }

    private Caught Connect(string id, bool reads)
    {
        _hub.Open(id, reads);
        var context = new Caught(id);
        _connections.Add(context, "k1", "a1");
        return context;
    }

    private sealed class Caught(string id) : HubCallerContext
    {
        public bool Aborted { get; private set; }
        public override string ConnectionId => id;
        public override string? UserIdentifier => null;
        public override ClaimsPrincipal? User => null;
        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();
        public override IFeatureCollection Features { get; } = new FeatureCollection();
        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() => Aborted = true;
    }

    private sealed class NoCredentials : ICredentials
    {
        public event Action<string>? Revoked { add { } remove { } }

        public Caller? Verify(string secret) => null;

        public bool IsLive(string keyId) => true;
    }

    /// <summary>What each connection was sent; one that does not read never finishes taking a message.</summary>
    private sealed class Lines : IHubContext<AgentHub, IAgentClient>, IHubClients<IAgentClient>
    {
        private readonly ConcurrentDictionary<string, Line> _lines = new();

        public IHubClients<IAgentClient> Clients => this;
        public IGroupManager Groups => throw new NotSupportedException();
        public IAgentClient All => throw new NotSupportedException();

        public void Open(string id, bool reads) => _lines[id] = new Line(reads);

        public IReadOnlyList<string> Received(string id) => _lines[id].Received();

        public async Task ArrivedAsync(string id, int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (Received(id).Count < count)
            {
                limit.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public IAgentClient Client(string connectionId) => _lines[connectionId];
        public IAgentClient AllExcept(IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException();
        IAgentClient IHubClients<IAgentClient>.Clients(IReadOnlyList<string> connectionIds) => throw new NotSupportedException();
        public IAgentClient Group(string groupName) => throw new NotSupportedException();
        IAgentClient IHubClients<IAgentClient>.Groups(IReadOnlyList<string> groupNames) => throw new NotSupportedException();
        public IAgentClient GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException();
        public IAgentClient User(string userId) => throw new NotSupportedException();
        public IAgentClient Users(IReadOnlyList<string> userIds) => throw new NotSupportedException();
    }

    private sealed class Line(bool reads) : IAgentClient
    {
        private readonly List<string> _received = [];

        public IReadOnlyList<string> Received()
        {
            lock (_received)
            {
                return [.. _received];
            }
        }

        public Task DecisionMade(Decision decision) => Take(decision.Id);
        public Task QuestionAsked(Question question) => Take(question.Message);
        public Task Suspended(string reason) => Take(reason);

        private Task Take(string what)
        {
            lock (_received)
            {
                _received.Add(what);
            }

            return reads ? Task.CompletedTask : new TaskCompletionSource().Task;
        }
    }
}
