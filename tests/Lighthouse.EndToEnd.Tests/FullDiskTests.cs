using System.Diagnostics;
using System.Globalization;
using System.Net;
using Lighthouse.Contracts;
using Lighthouse.EndToEnd.Tests.Harness;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>A disk that takes nothing more, as the system tells it: every write past a file's first byte fails.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Decision_DiskTakesNothing_GetsNoVerdict_AndNothingIsLostOnceThereIsRoom()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The limit on another process's files is set by prlimit, which is Linux's.");
        }

        await using var tower = await Tower.StartAsync();
        using var agent = tower.Agent;
        using var http = new HttpClient { BaseAddress = tower.Url };
        var before = await agent.DecideAsync(Requests.Bash("ls -la"));

        await LimitFilesAsync(tower, "1");

        (await Should.ThrowAsync<LighthouseException>(() => agent.DecideAsync(Requests.Bash("git status")))).Code.ShouldBe(ErrorCodes.StorageUnavailable);
        // Also what memory would allow: a verdict that cannot be proved is none.
        (await Should.ThrowAsync<LighthouseException>(() => agent.DecideAsync(Requests.Bash("ls -la")))).Code.ShouldBe(ErrorCodes.StorageUnavailable);
        (await CommandLine.HookAsync(tower, Requests.PreToolUse("ls -la"))).Output.ShouldContain("\"deny\"");
        (await http.GetAsync(new Uri("healthz/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await http.GetAsync(new Uri("healthz/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await LimitFilesAsync(tower, "unlimited");

        var after = await Eventually.SucceedsAsync(() => agent.DecideAsync(Requests.Bash("git status")));
        using var operations = tower.Operator;
        (await agent.GetDecisionAsync(before.Id)).Id.ShouldBe(before.Id);
        (await agent.GetDecisionAsync(after.Id)).Id.ShouldBe(after.Id);
        (await operations.VerifyAsync()).Ok.ShouldBeTrue();
    }

    // The soft limit alone, so that it can be taken back; no privilege is needed for a process of one's own.
    private static async Task LimitFilesAsync(Tower tower, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", tower.Process.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:"]);
        await prlimit.WaitForExitAsync();
        prlimit.ExitCode.ShouldBe(0);
    }
}
