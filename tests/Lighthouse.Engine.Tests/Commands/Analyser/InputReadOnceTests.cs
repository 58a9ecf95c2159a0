using Lighthouse.Contracts;

namespace Lighthouse.Engine.Tests.Commands.Analyser;

/// <summary>
/// A here-document was taken for what every reader gets, and its first line for what every <c>read</c> gets: a loop that deletes what it reads was
/// judged by the first of the lines.
/// </summary>
public sealed class InputReadOnceTests
{
    [Theory]
    [InlineData("while read x; do $x; done <<E\nls\nrm -rf /\nE")]
    [InlineData("while read x; do rm -rf $x; done <<E\nbin\n/\nE")]
    [InlineData("while read x; do rm -rf \"/$x\"; done <<< $'tmp/a\\n'")]
    [InlineData("{ read a; read b; $b; } <<E\nls\nrm -rf /\nE")]
    [InlineData("{ read a; read b; rm -rf \"/$b\"; } <<< tmp/a")]
    [InlineData("{ cat; read b; rm -rf \"/$b\"; } <<< tmp/a")]
    [InlineData("{ read a; sh; } <<E\ncat <<X\nrm -rf /\nX\nE")]
    [InlineData("exec 3<<< tmp/a; read a <&3; read b <&3; rm -rf \"/$b\"")]
    [InlineData("sh <<E\nread x; rm -rf \"/\\$x\"\n\nE")]
    [InlineData("f(){ read a; read b; $b; }; printf 'ls\\nrm -rf /\\n' | f")]
    public void Reader_AfterAnother_GetsWhatIsNotKnown(string command) =>
        ((int)Analysing.Command(command).Risk).ShouldBeGreaterThanOrEqualTo((int)Risk.High, command);

    [Theory]
    [InlineData("read x <<< build; ls $x", Risk.Low)]
    [InlineData("echo src | { read x; ls \"$x\"; }", Risk.Low)]
    [InlineData("echo 'ls -l' | ${SHELL:-sh}", Risk.Low)]
    [InlineData("cat <<E | sh\nls\nE", Risk.Low)]
    [InlineData("echo 'ls -l' | sudo -u ${USER:-me} sh", Risk.High)]
    [InlineData("read x <<< /; rm -rf $x", Risk.Critical)]
    [InlineData("while read x; do rm -rf $x; done <<< /", Risk.Critical)]
    [InlineData("cat <<E | tee a.sh | bash\nrm -rf /\nE", Risk.Critical)]
    public void Reader_WhoIsTheFirst_GetsWhatIsWritten(string command, Risk risk) => Analysing.Command(command).Risk.ShouldBe(risk, command);
}
