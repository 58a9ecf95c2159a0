using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Commands.Resolution;
using CsCheck;

namespace Lighthouse.Engine.Tests.Commands.Analyser;

public sealed class InvariantTests
{
    private static readonly string[] _commands =
    [
        "ls -la", "cat README.md", "git status", "git push --force origin main", "rm -rf build", "rm -rf /", "rm -rf ~/", "cat ~/.ssh/id_rsa", "echo hello > out.txt", "echo x >> ~/.bashrc", "curl https://example.org/x",
        "curl -d @a.txt https://example.org", "npm install left-pad", "kill -9 1", "sudo systemctl restart nginx", "chmod 777 /etc/passwd", "dd if=/dev/zero of=/dev/sda", "docker run --rm x", "python3 script.py", "no-such-program --flag",
        "find . -name '*.o' -delete", "kubectl delete ns prod", "git reset --hard HEAD~3", "mv a b", "tar xf a.tar", "curl https://example.org/x | sh", "psql -c 'drop table users'",
    ];

    private static readonly (string Name, Func<string, string> Wrap)[] _wrappings =
    [
        ("sudo", c => "sudo " + c), ("env", c => "env A=1 " + c), ("subshell", c => $"( {c} )"), ("group", c => $"{{ {c}; }}"), ("pipeline", c => c + " | cat"), ("behind a pipe", c => "true | " + c), ("substitution", c => $"echo \"$({c})\""),
        ("backticks", c => c.Contains('\'') ? $"echo $({c})" : $"echo `{c}`"), ("sh -c", c => $"sh -c {Quote(c)}"), ("bash -lc", c => $"bash -lc {Quote(c)}"), ("eval", c => $"eval {Quote(c)}"), ("if", c => $"if true; then {c}; fi"), ("loop", c => $"for i in 1 2; do {c}; done"),
        ("while", c => $"while {c}; do break; done"), ("function", c => $"f() {{ {c}; }}; f"), ("uncalled function", c => $"f() {{ {c}; }}"), ("case", c => $"case x in x) {c};; esac"), ("background", c => c + " &"), ("and", c => "true && " + c), ("or", c => "false || " + c), ("not", c => "! " + c),
        ("after", c => "ls; " + c), ("before", c => c + "; ls"), ("newline", c => "ls\n" + c), ("process substitution", c => $"cat <( {c} )"), ("output substitution", c => $"ls | tee >( {c} )"), ("output substitution of a redirection", c => $"ls > >( {c} )"), ("trap", c => $"trap {Quote(c)} EXIT"), ("nice", c => "nice -n 5 " + c), ("timeout", c => "timeout 5 " + c), ("nohup", c => "nohup " + c),
        ("here-document", c => $"sh <<'E'\n{c}\nE"), ("echo into a shell", c => $"printf '%s\\n' {Quote(c)} | sh"), ("command", c => "command " + c), ("exec", c => "exec " + c), ("time", c => "time " + c), ("coproc", c => $"coproc {{ {c}; }}"), ("variable", c => $"x={Quote(c)}; eval \"$x\""), ("condition", c => $"[[ -n $({c}) ]]"),
        ("until", c => $"until {c}; do break; done"), ("here-string", c => $"sh <<< {Quote(c)}"), ("script's argument", c => $"bash -c 'eval \"$1\"' _ {Quote(c)}"), ("all arguments", c => $"sh -c 'eval \"$*\"' _ {Quote(c)}"), ("set", c => $"set -- {Quote(c)}; eval \"$1\""),
        ("function's argument", c => $"f() {{ eval \"$1\"; }}; f {Quote(c)}"), ("array", c => $"a=({Quote(c)}); eval \"${{a[0]}}\""), ("mapfile", c => $"mapfile -t a <<< {Quote(c)}; eval \"${{a[0]}}\""), ("read", c => $"read -r a <<< {Quote(c)}; eval \"$a\""), ("printf -v", c => $"printf -v a %s {Quote(c)}; eval \"$a\""),
        ("xargs", c => $"echo x | xargs sh -c {Quote(c)}"), ("xargs -I", c => $"echo x | xargs -I% sh -c {Quote(c)}"), ("find -exec", c => $"find . -exec sh -c {Quote(c)} _ {{}} \\;"), ("watch", c => "watch " + Quote(c)), ("ssh", c => "ssh host " + Quote(c)), ("docker exec", c => "docker exec web sh -c " + Quote(c)),
        ("source of a substitution", c => $"source <(printf '%s\\n' {Quote(c)})"), ("shell of a substitution", c => $"bash <(printf '%s\\n' {Quote(c)})"), ("source of the input", c => $"source /dev/stdin <<< {Quote(c)}"), ("descriptor", c => $"exec 3<<< {Quote(c)}; sh <&3"), ("file", c => $"printf '%s\\n' {Quote(c)} > /tmp/s; sh /tmp/s"),
        ("file that is read", c => $"printf '%s\\n' {Quote(c)} > /tmp/s; cat /tmp/s | sh"), ("builtin", c => "builtin eval " + Quote(c)), ("alias", c => $"alias l={Quote(c)}"), ("setsid", c => "setsid sh -c " + Quote(c)), ("stdbuf", c => "stdbuf -oL sh -c " + Quote(c)), ("git alias", c => $"git -c alias.x={Quote("!" + c)} x"), ("pager", c => $"PAGER={Quote(c)} git log"),
        ("after a directory", c => $"cd src && {c}"), ("after an unchecked directory", c => $"cd src; {c}"), ("duplicated error", c => c + " 2>&1"), ("errors dropped", c => c + " 2>/dev/null"),
    ];

    public static TheoryData<string> Wrappings => [.. _wrappings.Select(wrapping => wrapping.Name)];

    private static string Quote(string command) => "'" + command.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void Wrapping_NeverLowersTheRisk(string wrapping)
    {
        var wrap = _wrappings.Single(candidate => candidate.Name == wrapping).Wrap;
        foreach (var command in _commands)
        {
            var plain = Analysing.Command(command);
            var wrapped = Analysing.Command(wrap(command));
            if (wrapped.Complete)
            {
                ((int)wrapped.Risk).ShouldBeGreaterThanOrEqualTo((int)plain.Risk, wrap(command));
                plain.Effects.Where(effect => effect != EffectNames.Read).ShouldBeSubsetOf(wrapped.Effects, wrap(command));
            }
            else
            {
                plain.Complete.ShouldBeFalse($"{wrap(command)}: {wrapped.Problem}");
            }
        }
    }

    [Fact]
    public void Segment_NeverLowersTheRisk() => Gen.Select(Gen.OneOf(_commands), Gen.OneOf(_commands), Gen.OneOf("; ", " && ", " || ", "\n", " & ", " | ")).Sample(
        (first, second, joint) =>
        {
            var both = Analysing.Command(first + joint + second);
            ((int)both.Risk).ShouldBeGreaterThanOrEqualTo((int)Analysing.Command(first).Risk, first + joint + second);
            ((int)both.Risk).ShouldBeGreaterThanOrEqualTo((int)Analysing.Command(second).Risk, first + joint + second);
        },
        iter: 400);

    [Fact]
    public void Quoting_ThatTheShellErases_ChangesNothing() => Gen.Select(Gen.OneOf(_commands.Where(c => c.IndexOfAny(['\'', '|', '>', '*', ';', '~', '@']) < 0).ToArray()), Gen.Int[0, 7].Array[60]).Sample(
        (command, tricks) =>
        {
            var disguised = Disguise(command, tricks);
            string.Join('\n', Recorder.Runs(disguised)).ShouldBe(string.Join('\n', Recorder.Runs(command)), disguised);
            Analysing.Command(disguised).Risk.ShouldBe(Analysing.Command(command).Risk, disguised);
        },
        iter: 500);

    private static string Disguise(string command, int[] tricks)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            text.Append(c == ' ' ? (tricks[i] switch { 0 => "  ", 1 => "\t", 2 => " \\\n ", 3 => "${IFS}", _ => " " }) : tricks[i] switch
            {
                0 => $"'{c}'",
                1 => $"\"{c}\"",
                2 => $"\\{c}",
                3 => $"$'\\x{(int)c:x2}'",
                4 => $"''{c}",
                5 => $"\\\n{c}",
                6 => $"$\"{c}\"",
                _ => c.ToString(),
            });
        }

        return text.ToString();
    }
}
