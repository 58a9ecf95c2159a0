using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Security;

/// <summary>A stranger's path came decoded into the log, with its line ends, and once for every request.</summary>
public sealed class RefusalLogTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CapturedLog _log = new();

    [Fact]
    public async Task ForeignHost_ManyRequests_WriteOneLineAMinute_WithTheirCount()
    {
        var check = HostCheck();
        for (var i = 0; i < 100; i++)
        {
            await RefuseAsync(check, "evil.example", "/");
        }

        _log.Lines.ShouldHaveSingleItem().ShouldContain("evil.example");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await RefuseAsync(check, "EVIL.example", "/");
        _log.Lines.Count.ShouldBe(2);
        _log.Lines.Last().ShouldContain("(99 more since the last such line)");
    }

    [Fact]
    public async Task ForeignHost_PathWithALineEnd_WritesNoLineOfItsOwn()
    {
        await RefuseAsync(HostCheck(), "evil.example", "/x\nWarning 6002 admin signed in (password)\u001b[2J\u202e" + new string('y', 10_000));

        var line = _log.Lines.ShouldHaveSingleItem();
        line.ShouldContain("/x?Warning?6002");
        line.Any(static letter => char.IsControl(letter) || letter == '\u202e').ShouldBeFalse();
        line.Length.ShouldBeLessThan(600);
    }

    [Fact]
    public async Task ForeignHosts_EachWithANewName_CannotFloodTheLog()
    {
        var check = HostCheck();
        for (var minute = 0; minute < 2; minute++)
        {
            for (var i = 0; i < 1_000; i++)
            {
                await RefuseAsync(check, $"h{i}.m{minute}.evil.example", "/");
            }

            _log.Lines.Count.ShouldBeLessThanOrEqualTo((minute + 1) * (RefusalLines.MostNames + 1));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        _log.Lines.ShouldContain(static line => line.Contains("(other names)", StringComparison.Ordinal) && line.Contains("(983 more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForeignOrigin_ManyRequests_WriteOneLine()
    {
        var check = new OriginCheck(static _ => Task.CompletedTask, _clock, new Logger<OriginCheck>(new LoggerFactory([_log])));
        for (var i = 0; i < 100; i++)
        {
            var context = Context("localhost", "/hubs/agents");
            context.Request.Headers.Origin = "http://evil.example";
            await check.InvokeAsync(context);
        }

        _log.Lines.ShouldHaveSingleItem().ShouldContain("http://evil.example");
    }

    private HostCheck HostCheck() => new(
        static _ => Task.CompletedTask, new HostRules(new ConfigurationBuilder().Build()), _clock, new Logger<HostCheck>(new LoggerFactory([_log])));

    private static async Task RefuseAsync(HostCheck check, string host, string path)
    {
        var context = Context(host, path);
        await check.InvokeAsync(context);
        context.Response.StatusCode.ShouldBe(400);
    }

    private static DefaultHttpContext Context(string host, string path) => new()
    {
        Request = { Method = "POST", Scheme = "http", Host = new HostString(host), Path = path },
        Response = { Body = Stream.Null },
    };
}
