using CsCheck;

namespace Lighthouse.Engine.Tests.Commands.Syntax;

/// <summary>Scripts from a grammar of what shells accept, and broken relatives of ordinary commands.</summary>
internal static class ScriptGen
{
    private static readonly string[] _fragments =
    [
        "(", ")", "{", "}", "\"", "'", "`", "$", "$(", "$((", "))", "${", ";", ";;", "&", "&&", "|", "||", "<", ">", "\n", " ", "\\", "#", "if ", "then ", "fi", "do ", "done", "case ", "esac", "in ",
        "[[ ", " ]]", "!", "a", "=", "[", "]", "*", "1", "<(", "function ", "time ", "{ ", "x=(",
    ];

    public static readonly string[] Ordinary =
    [
        "ls -la | grep \"x y\" > out.txt 2>&1",
        "if [ -f a ]; then echo b; elif c; then d; else e; fi",
        "for i in 1 2 \"$x\"; do echo $i; done",
        "while read -r l; do echo \"$l\"; done < f",
        "case $x in a|b) echo 1;; *) echo 2;; esac",
        "f() { echo \"$@\"; }; f a",
        "cat <<EOF\nhello $x $(date)\nEOF",
        "cat <<-'E' | sh\n\tx\n\tE",
        "x=$(echo $(date) \"$(ls)\"); y=`a b`",
        "((i++)); echo $((1 + (2*3)))",
        "[[ -f a && $x == *.txt || ! ( b =~ ^a.*$ ) ]]",
        "a=(1 2 \"3 4\"); echo ${a[@]} ${#a} ${a[0]:-x}",
        "diff <(sort a) >(cat)",
        "(cd x && make) & wait; { a; b; } || c",
        "echo {a,b}{1..3} ~ $'\\n' $\"loc\" ${x//a/b} ${x:1:2} ${!x}",
        "time -p ls; ! true; coproc x { a; }",
        "select i in a b; do break; done",
        "until false; do :; done >>log 2>/dev/null",
        "function g { a; }; export X=1 Y=\"2\"; A=1 B=2 cmd",
        "echo \"a\\\"b$(echo \")\")c\" 'd' \\; # comment",
        "git commit -m 'a; b' && git push origin HEAD:refs/for/main",
        "find . -name '*.cs' -exec grep -l x {} \\; | xargs -0 rm -f",
        "docker run --rm -v \"$PWD\":/w -e A=b image sh -c 'a && b'",
        "echo @(a|b) ?(d)*.x [a-z]",
    ];

    private static readonly Gen<string> _name = Gen.OneOf("a", "ls", "git", "_x1", "foo-bar", "./run", "rm");

    private static Gen<string> Word(int depth) => Gen.Select(Piece(depth), Piece(depth), Gen.Int[1, 3], (a, b, n) => n == 1 ? a : n == 2 ? a + b : b + a);

    private static Gen<string> Piece(int depth)
    {
        var plain = Gen.OneOf("x", "-f", "--a=b", "a/b.c", "\\ ", "\\$x", "'a b'", "'$x;'", "\"a b\"", "\"\\\"q\"", "$x", "${x}", "\"$x y\"", "$1", "\"$@\"", "$'\\t\\x41'", "*.c", "{a,b}", "~/x", "${x:-y}", "\"${x#*/}\"", "$((1+2))", "[a-c]", "a\\\nb", "%", "@", "é");
        return depth <= 0 ? plain : Gen.Frequency((6, plain), (1, Script(depth - 1).Select(s => "$( " + s + "\n)")), (1, Script(depth - 1).Select(s => "\"<$( " + s + "\n)>\"")), (1, Script(depth - 1).Select(s => "<( " + s + "\n)")));
    }

    private static Gen<string> Redirection(int depth) => Gen.Select(Gen.OneOf("> ", ">>", "< ", "2>", "&>", "<<< ", ">|", "<>"), Word(Math.Min(depth, 1)), (op, word) => op + word).Or("2>&1", ">&2", "3<&-");

    private static Gen<string> Or(this Gen<string> gen, params string[] others) => Gen.OneOf(gen, Gen.OneOf(others));

    private static Gen<string> Simple(int depth) => Gen.Select(
        Gen.OneOf("", "", "", "A=1 ", "x=\"y z\" ", "B=$c "),
        _name,
        Word(depth).Array[0, 3],
        Redirection(depth).Array[0, 1],
        (assignment, name, words, redirections) => assignment + string.Join(' ', words.Prepend(name).Concat(redirections)));

    public static Gen<string> Script(int depth) => Command(depth).Array[1, 3].SelectMany(commands =>
        Gen.OneOf(" && ", " || ", " | ", "; ", "\n", " & ").Array[commands.Length].Select(joints =>
            string.Concat(commands.Select((command, i) => i == 0 ? command : joints[i] + command))));

    private static Gen<string> Command(int depth)
    {
        if (depth <= 0)
        {
            return Simple(0);
        }

        var inner = Script(depth - 1);
        return Gen.Frequency(
            (8, Simple(depth)),
            (1, inner.Select(s => "( " + s + " )")),
            (1, inner.Select(s => "{ " + s + "; }").Select(Fix)),
            (1, Gen.Select(inner, inner, inner, (a, b, c) => $"if {a}\nthen {b}\nelse {c}\nfi")),
            (1, Gen.Select(inner, inner, (a, b) => $"while {a}\ndo {b}\ndone")),
            (1, Gen.Select(Word(1), inner, (w, b) => $"for i in {w} z; do {b}\ndone")),
            (1, Gen.Select(Word(0), inner, inner, (w, a, b) => $"case {w} in\na|b) {a}\n;;\n*) {b}\n;;\nesac")),
            (1, inner.Select(s => "fn() {\n" + s + "\n}")),
            (1, Word(1).Select(w => $"[[ -n {w.Replace("\\ ", "x", StringComparison.Ordinal)} && x == y* ]]")),
            (1, inner.Select(s => "cat <<'E'\n" + s.Replace("E", "e", StringComparison.Ordinal) + "\nE\n:")));
    }

    // A here-document's end must stand alone on its line.
    private static string Fix(string script) => script.Replace("\n:; }", "\n:\n}", StringComparison.Ordinal).Replace("& ; }", "& }", StringComparison.Ordinal);

    public static Gen<string> Mutated { get; } = Gen.Select(
        Gen.OneOf(Ordinary),
        Gen.Select(Gen.Int[0, 3], Gen.Double.Unit, Gen.OneOf(_fragments), Gen.Int[1, 4], Gen.OneOf(Ordinary), (kind, at, fragment, length, other) => (kind, at, fragment, length, other)).Array[1, 3],
        (script, edits) =>
        {
            foreach (var (kind, at, fragment, length, other) in edits)
            {
                var position = (int)(at * script.Length);
                script = kind switch
                {
                    0 => script.Insert(position, fragment),
                    1 => script.Remove(position, Math.Min(length, script.Length - position)),
                    2 => script.Insert(position, other[..Math.Min(other.Length, length * 3)]),
                    _ => script + (length > 2 ? "; " : "\n") + other,
                };
            }

            return script;
        });
}
