using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Web.Security.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lighthouse.Web.Tests.Security;

/// <summary>A host runs the call on any status but 200 and on a connection that breaks: on a hook route nothing may end so.</summary>
public sealed class HookRouteTests(HookRouteTests.OneHost shared) : IClassFixture<HookRouteTests.OneHost>
{
    private const string Route = "/api/v1/hooks/claude-code";
    private readonly SecurityHost _host = shared.Host;

    [Theory]
    [InlineData("POST", Route, "Host", "evil.example")]
    [InlineData("POST", "/api/v1/hooks/nobody", "Host", "evil.example")]
    [InlineData("POST", Route, "Host", "127.0.0.1.evil.example")]
    [InlineData("POST", Route + "/", "Host", "evil.example")]
    [InlineData("POST", Route, "Origin", "http://evil.example")]
    [InlineData("POST", Route, "Content-Encoding", "gzip")]
    [InlineData("POST", Route, "X-Forwarded-Proto", "https")]
    [InlineData("OPTIONS", Route, "Access-Control-Request-Method", "POST")]
    [InlineData("GET", Route, null, null)]
    [InlineData("DELETE", Route, null, null)]
    [InlineData("PUT", Route + "/more", null, null)]
    [InlineData("POST", Route + "/", null, null)]
    [InlineData("POST", Route + "?holdSeconds=nonsense", null, null)]
    [InlineData("POST", "/api/v1/hooks", null, null)]
    [InlineData("POST", "/api/v1/hooks/", null, null)]
    [InlineData("POST", "//api/v1/hooks/claude-code", null, null)]
    [InlineData("POST", "/api/v2/hooks/claude-code", null, null)]
    [InlineData("POST", "/api/v1/hook/claude-code", null, null)]
    [InlineData("POST", "/hooks/claude-code", null, null)]
    [InlineData("POST", "/API/V1/HOOKS/CLAUDE-CODE", null, null)]
    [InlineData("POST", "/api/v1/hooks/%2e%2e%2fclaude-code", null, null)]
    [InlineData("POST", "/api/v1/hooks%2Fclaude-code", null, null)]
    [InlineData("POST", "/api/v1%2fhooks%2fclaude-code", null, null)]
    [InlineData("POST", "/api/v1/hooks%252Fclaude-code", null, null)]
    [InlineData("POST", "/api/v1/hooks%5Cclaude-code", null, null)]
    [InlineData("POST", "/api/v1/%68ooks%2Fclaude-code", null, null)]
    [InlineData("POST", "/api/v1/hooks%2Fclaude-code", "Host", "evil.example")]
    public async Task Anything_OnAHookRoute_IsADeny(string method, string path, string? header, string? value)
    {
        foreach (var body in (string?[])["{nonsense", "null", null])
        {
            var (status, _, answer) = await _host.CallAsync(method, _host.Address.GetLeftPart(UriPartial.Authority) + path, SecurityHost.AgentKey, body, header is null ? [] : [(header, value!)]);

            status.ShouldBe(200);
            ShouldDeny(await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task WrongHost_ElsewhereIsAProblemWithItsCode()
    {
        var (status, code, _) = await _host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, "{}", ("Host", "evil.example"));
        (status, code).ShouldBe((400, ErrorCodes.UnknownHost));
        (await _host.CallAsync("GET", "/sign-in", null, null, ("Host", "evil.example"))).Code.ShouldBe(ErrorCodes.UnknownHost);
    }

    [Theory]
    [InlineData(false, "127.0.0.1")]
    [InlineData(true, "127.0.0.1")]
    [InlineData(false, "evil.example")]
    public async Task BodyPastEveryLimit_IsSentToItsEnd_AndDenied(bool chunked, string hostName)
    {
        // A plain client: it sends all of it before it looks for an answer.
        const int size = 3 * 1024 * 1024;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(_host.Address.Host, _host.Address.Port);
        var stream = tcp.GetStream();
        var length = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {size}";
        await WriteAsync(stream, $"POST {Route} HTTP/1.1\r\nHost: {hostName}\r\nAuthorization: Bearer {SecurityHost.AgentKey}\r\n{length}\r\nConnection: close\r\n\r\n");
        await WriteAsync(stream, (chunked ? $"{size:x}\r\n" : "") + new string('x', size) + (chunked ? "\r\n0\r\n\r\n" : ""));

        var answer = await new StreamReader(stream).ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200");
        ShouldDeny(answer[answer.IndexOf('{')..(answer.LastIndexOf('}') + 1)]);
    }

    [Fact]
    public async Task HeldCall_WhenTheServerStops_IsAnsweredBefore()
    {
        using var host = SecurityHost.Start();
        var held = host.CallAsync("POST", Route, SecurityHost.AgentKey, """
            {"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"frobnicate --held"},"cwd":"/home/test/project","session_id":"s"}
            """);
        var inbox = host.Get<IEscalationInbox>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (inbox.OpenCount == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        host.Get<IHostApplicationLifetime>().StopApplication();

        var (status, _, answer) = await held;
        status.ShouldBe(200);
        var text = await answer.Content.ReadAsStringAsync();
        ShouldDeny(text);
        text.ShouldContain("before Lighthouse was stopped");
    }

    [Theory]
    [InlineData(StatusCodes.Status302Found)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task Guard_AnyOtherStatus_BecomesADeny(int status) => await GuardedAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = "/sign-in";
        await context.Response.WriteAsync("half an answer");
    });

    [Fact]
    public async Task Guard_Exception_BecomesADeny() => await GuardedAsync(async context =>
    {
        await context.Response.WriteAsync("{\"hookSpecificOutput\":");
        throw new InvalidOperationException("something of the framework");
    });

    [Fact]
    public async Task Guard_NoAnswerAtAll_BecomesADeny() => await GuardedAsync(static _ => Task.CompletedTask);

    private static async Task GuardedAsync(RequestDelegate inner)
    {
        var context = new DefaultHttpContext { Request = { Path = Route, Method = "POST" } };
        var sent = new MemoryStream();
        context.Response.Body = sent;

        await new HookGuard(inner, TimeProvider.System, NullLogger<HookGuard>.Instance).InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(200);
        context.Response.Headers.Location.ShouldBeEmpty();
        ShouldDeny(Encoding.UTF8.GetString(sent.ToArray()));
    }

    private static void ShouldDeny(string json)
    {
        var answer = JsonDocument.Parse(json).RootElement.GetProperty("hookSpecificOutput");
        answer.GetProperty("permissionDecision").GetString().ShouldBe("deny");
        answer.GetProperty("permissionDecisionReason").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    /// <summary>No case changes how the program is set up, and none goes by what another left behind.</summary>
    public sealed class OneHost : IDisposable
    {
        internal SecurityHost Host { get; } = SecurityHost.Start();

        public void Dispose() => Host.Dispose();
    }

    private static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
}
