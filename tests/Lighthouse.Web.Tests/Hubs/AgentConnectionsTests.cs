using System.Collections.Concurrent;
using System.Security.Claims;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Hubs;
using Lighthouse.Web.Tests.Fakes;
using Lighthouse.Web.Tests.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Web.Tests.Hubs;

/// <summary>One pump talked to all connections: one that did not read delayed every other.</summary>
public sealed class AgentConnectionsTests
{
    private readonly FakeAgentDirectory _agents = new(TimeProvider.System);
    private readonly FakeEscalationInbox _inbox = new(TimeProvider.System);
    private readonly CapturedLog _log = new();
    private readonly Lines _hub = new();
    private readonly AgentConnections _connections;

    public AgentConnectionsTests()
    {
        _connections = new AgentConnections(
            _hub, _inbox, new NoCredentials(), _agents, new FakeEmergencyStop(TimeProvider.System), new Logger<AgentConnections>(new LoggerFactory([_log])));
        _agents.Add("claude", "a1");
    }

    private static Escalation Escalated { get; } = BusyTower.Escalation(TimeProvider.System, "e1", "ls", Risk.High, 60, false) with
    {
        State = EscalationState.Approved,
        Decision = new Decision
        {
            Id = "d1", Verdict = Verdict.Allow, Tier = DecisionTier.Expert, Reason = "Approved by eve", Risk = Risk.High, PolicySetVersion = "v", DecidedAt = TimeProvider.System.GetUtcNow(),
        },
    };

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

        // Its queue is closed by now: what else is for it says nothing new about it.
        await _agents.SuspendAsync(null!, "a1", "after", CancellationToken.None);
        await _hub.ArrivedAsync("hears", Outbox.Capacity + 3);
        _log.Lines.Count(static line => line.Contains("did not read what was sent", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Stopped_SendsNothingMore()
    {
        await _connections.StartAsync(CancellationToken.None);
        Connect("hears", reads: true);
        await _connections.StopAsync(CancellationToken.None);

        await _agents.SuspendAsync(null!, "a1", "late", CancellationToken.None);

        // The queue keeps the order: what had been put into it above would arrive before this.
        await _connections.StartAsync(CancellationToken.None);
        await _agents.SuspendAsync(null!, "a1", "marker", CancellationToken.None);
        await _hub.ArrivedAsync("hears", 1);
        _hub.Received("hears").ShouldBe(["marker"]);
    }

    /// <summary>One connection gave its subscription up, found nobody left and took the set away that the other had just been handed.</summary>
    [Fact]
    public async Task Subscription_WhileAnotherGivesUpItsOwn_IsNotLost()
    {
        Connect("leaves", reads: true);
        Connect("comes", reads: true);
        using var ends = new CancellationTokenSource();
        var leaving = Task.Run(() =>
        {
            while (!ends.IsCancellationRequested)
            {
                _connections.Subscribe("e1", "leaves");
                _connections.Unsubscribe("e1", "leaves");
            }
        });

        var lost = await Task.Run(() => Enumerable.Range(0, 300_000).Count(_ =>
        {
            _connections.Subscribe("e1", "comes");
            return !_connections.Unsubscribe("e1", "comes");
        }));

        await ends.CancelAsync();
        await leaving;
        lost.ShouldBe(0);
    }

    [Fact]
    public async Task Decision_ReachesEverySubscriberOnce_AndNoneThatLeft()
    {
        await _connections.StartAsync(CancellationToken.None);
        foreach (var id in (string[])["stays", "gave up", "gone"])
        {
            Connect(id, reads: true);
            _connections.Subscribe(Escalated.Id, id);
        }

        _connections.Unsubscribe(Escalated.Id, "gave up").ShouldBeTrue();
        _connections.Remove("gone");
        _inbox.Announce(Escalated);
        _inbox.Announce(Escalated);
        await _agents.SuspendAsync(null!, "a1", "marker", CancellationToken.None);

        await _hub.ArrivedAsync("stays", 2);
        await _hub.ArrivedAsync("gave up", 1);
        _hub.Received("stays").ShouldBe([Escalated.Decision!.Id, "marker"]);
        _hub.Received("gave up").ShouldBe(["marker"]);
        _hub.Received("gone").ShouldBeEmpty();
        _connections.Unsubscribe(Escalated.Id, "stays").ShouldBeFalse();
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
