using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Commands.Analyser;

namespace Lighthouse.Engine.Tests.Commands.Programs;

/// <summary>No file lists every option of every program: the words of the name decide for the rest.</summary>
public sealed class UnlistedOptionsTests
{
    [Theory]
    [InlineData("tokei --exec-after ./x", "execute-dynamic")]
    [InlineData("shellcheck --editor vim a.sh", "execute-dynamic")]
    [InlineData("tokei --purge-cache", "unknown")]
    [InlineData("mypy --self-update src", "package-install")]
    [InlineData("cloc --upload-report src", "network-out")]
    [InlineData("pip list --show-tokens", "credential-access")]
    [InlineData("docker compose config --output /etc/x.yml", "write-outside")]
    [InlineData("docker compose config --output=/etc/x.yml", "write-outside")]
    [InlineData("tokei -o ~/.bashrc", "persistence")]
    [InlineData("git grep --$X foo", "unknown")]
    [InlineData("git grep -$X foo", "unknown")]
    [InlineData("nohup --frobnicate ls", "unknown")]
    public void UnlistedOption_WhoseNameSaysSo_HasTheEffect(string command, string effect) =>
        Analysing.Command(command).Effects.ShouldContain(effect, command);

    [Theory]
    [InlineData("tokei --no-delete")]
    [InlineData("aws ssm get-command-invocation --command-id c --instance-id i")]
    [InlineData("aws logs describe-log-groups --log-group-name-prefix /aws/lambda")]
    [InlineData("docker ps --output json")]
    [InlineData("find . -prune -o -name a")]
    [InlineData("cargo tree --depth 3 --edges normal")]
    public void UnlistedOption_ThatOnlyDescribes_AddsNothing(string command) =>
        Analysing.Command(command).Risk.ShouldBe(Risk.Low, command);

    [Theory]
    [InlineData("git -c core.pager='sh x' --help")]
    [InlineData("git -c alias.x='!sh x' help")]
    public void Help_AfterAnOptionThatRuns_StillRunsIt(string command) =>
        Analysing.Command(command).Effects.ShouldContain("execute-dynamic", command);

    [Theory]
    [InlineData("kind completion bash")]
    [InlineData("doctl help compute delete")]
    [InlineData("cosign --version")]
    public void Client_AskedAboutItself_OnlyReads(string command) =>
        Analysing.Command(command).Risk.ShouldBe(Risk.Low, command);

    [Theory]
    [InlineData("kind completion install")]
    [InlineData("make help")]
    public void Word_ThatIsNotAskedOfAClient_IsNoHelp(string command) =>
        Analysing.Command(command).Risk.ShouldNotBe(Risk.Low, command);
}
