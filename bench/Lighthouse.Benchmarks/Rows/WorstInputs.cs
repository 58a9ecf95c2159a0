using System.Text;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>Text of many shapes, each of which makes some part of a shell reader work hard, in any length.</summary>
internal static class WorstInputs
{
    public static readonly (string Name, Func<int, string> Of)[] Shapes =
    [
        ("many words", n => Fill("echo", " word", n)),
        ("many paths to delete", n => Fill("rm -f", " src/a/b.txt", n)),
        ("different paths", n => Count("cat", i => $" d{i}/f{i}.txt", n)),
        ("dot-dot path", n => Fill("cat ", "a/../", n)),
        ("one long word", n => Fill("cat ", "x", n)),
        ("base64 blob", n => Fill("echo ", "QUJDREVGR0hJSktMTU5PUA", n)),
        ("base64 blob into a shell", n => Fill("echo ", "QUJDREVGR0hJSktMTU5PUA", n - 20) + " | base64 -d | sh"),
        ("nested subshells", n => Nest("(", "ls", ")", n)),
        ("nested substitutions", n => Nest("$(echo ", "ls", ")", n)),
        ("nested braces", n => "echo " + Nest("{a,", "b", "}", n - 5)),
        ("side by side subshells", n => Fill("", "(ls);", n)),
        ("quotes", n => Fill("echo ", "'a'\"b\"", n)),
        ("escaped quotes", n => Fill("echo \"", "\\\"", n - 1) + "\""),
        ("unclosed quotes", n => Fill("echo ", "\"'", n)),
        ("ANSI-C quotes", n => Fill("echo ", "$'\\x41'", n)),
        ("here-documents", n => Count("", i => $"cat <<E{i}\nx\nE{i}\n", n)),
        ("unclosed here-documents", n => Count("", i => $"cat <<E{i} ", n)),
        ("here-document of a shell", n => "bash <<E\n" + Fill("", "ls -l\n", n - 11) + "E\n"),
        ("brace lists", n => Fill("echo", " {a,b,c}", n)),
        ("brace product", n => Fill("echo ", "{a,b}", n)),
        ("brace ranges", n => Fill("echo", " {1..99}", n)),
        ("unclosed braces", n => Fill("echo ", "{a,", n)),
        ("stars", n => Fill("cat ", "*", n)),
        ("globs", n => Fill("cat", " *a*b?[c]", n)),
        ("brackets", n => Fill("cat ", "[", n)),
        ("globs in a command name", n => Fill("/", "?*", n)),
        ("substitutions", n => Fill("echo", " $(ls)", n)),
        ("back-quotes", n => Fill("echo", " `ls`", n)),
        ("arithmetic", n => "echo $((" + Fill("1", "+1", n - 11) + "))"),
        ("arithmetic parentheses", n => "echo $((" + Nest("(", "1", ")", n - 11) + "))"),
        ("arithmetic commands", n => Fill("", "((i++));", n)),
        ("assignments", n => Count("", i => $"v{i}=x ", n)),
        ("growing variable", n => Fill("a=x;", "a=$a$a;", n) + "$a"),
        ("appending", n => Fill("a=x;", "a+=yy;", n) + "$a"),
        ("variable chain", n => Count("v0=ls;", i => $"v{i + 1}=$v{i};", n)),
        ("unset variables", n => Fill("echo", " $x${y}", n)),
        ("pattern removals", n => Fill("a=ssssssssss;echo", " ${a##*s}", n)),
        ("nested defaults", n => "echo " + Nest("${x:-", "y", "}", n - 5)),
        ("aliases", n => Count("", i => $"alias a{i}='a{i + 1} x';", n) + "a0"),
        ("functions", n => Count("", i => $"f{i}(){{ f{i + 1}; }};", n) + "f0"),
        ("doubling functions", n => Count("", i => $"f{i}(){{ f{i + 1};f{i + 1}; }};", n) + "f0"),
        ("pipeline", n => Fill("cat a", "|cat", n)),
        ("lists", n => Fill("ls", "&&ls", n)),
        ("semicolons", n => Fill("ls", ";ls", n)),
        ("different commands", n => Count("", i => $"cp a{i} b{i};", n)),
        ("redirections", n => Count("ls", i => $" >f{i}", n)),
        ("case", n => "case $x in " + Count("", i => $"a{i})ls;;", n - 15) + "esac"),
        ("nested case", n => Nest("case x in x)", "ls", ";;esac", n)),
        ("if", n => Fill("", "if a;then b;fi;", n)),
        ("nested if", n => Nest("if a;then ", "b", ";fi", n)),
        ("loops", n => Fill("", "for i in a b;do ls $i;done;", n)),
        ("one long loop", n => "for i in" + Count("", i => $" w{i}", n - 30) + ";do rm $i;done"),
        ("nested loops", n => Nest("for i in a b;do ", "ls", ";done", n)),
        ("eval chain", n => Fill("", "eval ", n - 2) + "ls"),
        ("evals", n => Fill("", "eval 'eval ls';", n)),
        ("eval of a growing text", n => Fill("a=ls;", "a=\"$a;$a\";eval \"$a\";", n)),
        ("sudo chain", n => Fill("", "sudo ", n - 2) + "ls"),
        ("env chain", n => Fill("", "env A=1 ", n - 2) + "ls"),
        ("sh -c, many", n => Fill("", "sh -c 'ls -l';", n)),
        ("xargs chain", n => Fill("ls|", "xargs ", n - 2) + "rm"),
        ("find with many -exec", n => Fill("find .", " -exec ls {} \\;", n)),
        ("find with many tests", n => Fill("find .", " -o -name x", n)),
        ("find, nested -exec", n => Fill("", "find . -exec ", n - 8) + "ls {} \\;"),
        ("sed script", n => "sed '" + Fill("", "s/a/b/;", n - 7) + "' f"),
        ("sed blocks", n => "sed '" + Fill("", "/a/{p;}", n - 7) + "' f"),
        ("awk program", n => "awk '" + Fill("", "/a/{print $1}", n - 7) + "' f"),
        ("awk nesting", n => "awk '" + Fill("", "{(\"", n - 7) + "' f"),
        ("inline python", n => "python3 -c '" + Fill("", "print(1);", n - 13) + "'"),
        ("inline node", n => "node -e '" + Fill("", "f(\"a\");", n - 10) + "'"),
        ("sql", n => "psql -c '" + Fill("", "select 1;", n - 10) + "'"),
        ("git settings", n => Count("git", i => $" -c a.b{i}=c", n - 7) + " status"),
        ("tar options", n => Fill("tar", " -x --to-stdout", n)),
        ("curl options", n => Fill("curl", " -H a:b http://a.example/x", n)),
        ("tests", n => "[[ " + Fill("a", " || a", n - 6) + " ]]"),
        ("tilde and home", n => Fill("ls", " ~/a $HOME/b", n)),
        ("comments", n => Fill("ls ", "#a\n", n)),
        ("line continuations", n => Fill("ls ", "\\\n", n)),
        ("blank lines", n => Fill("ls", "\n", n - 2) + "ls"),
        ("here-strings", n => Fill("", "cat<<<a;", n)),
        ("process substitutions", n => Fill("cat", " <(ls)", n)),
        ("working directories", n => Count("", i => $"cd d{i};", n - 4) + "rm x"),
        ("deep working directory", n => Fill("", "cd d;", n - 4) + "rm x"),
        ("symbolic links", n => Count("", i => $"ln -s a{i} b{i};cat b{i};", n)),
        ("written scripts", n => Count("", i => $"echo ls>s{i};sh s{i};", n)),
        ("environment of one command", n => Count("", i => $"v{i}=x ", n - 3) + "ls"),
        ("assignments and reads", n => Count("", i => $"v{i}=x;", n / 2) + Count("echo", i => $" $v{i}", n / 2)),
        ("variables in one word", n => Count("", i => $"v{i}=x;", n / 2) + Count("echo ", i => $"$v{i}", n / 2)),
        ("words shifted one by one", n => Fill("set --", " a", n / 2) + ";" + Fill("", "shift;", n / 2)),
        ("loops over $@", n => Fill("set --", " a", n / 2) + ";" + Fill("", "for i do ls;done;", n / 2)),
        ("a document read by many", n => "{ " + Fill("", "read a;", n / 2) + "} <<E\n" + Fill("", "ls a\n", n / 2) + "E\n"),
        ("a document decoded by many", n => "{ " + Fill("", "base64 -d;", n / 2) + "} <<E\n" + Fill("", "QUJD\n", n / 2) + "E\n"),
        ("statements given to many", n => "{ " + Fill("", "psql;", n / 2) + "} <<E\n" + Fill("", "select 1;\n", n / 2) + "E\n"),
        ("documents, one delimiter", n => Fill("", "cat <<E\nx\nE\n", n)),
        ("documents with expansions", n => Fill("", "cat <<E\n$x `ls`\nE\n", n)),
        ("one script run often", n => "cat >s <<'E'\n#!/usr/bin/python3\n" + Fill("", "x\n", n / 2) + "E\n" + Fill("", "./s;", n / 2)),
        ("scripts written, then run", n => Count("", i => $"echo ls>s{i};", n / 2) + Count("", i => $"sh s{i};", n / 2)),
        ("long directory", n => LongDirectory(n / 2) + ";cat" + Fill("", " b", n / 2)),
        ("commands in a long directory", n => LongDirectory(n / 2) + ";" + Fill("", "ls b;", n / 2)),
        ("echoes", n => Fill("", "echo a;", n)),
        ("echoes, one after the other", n => Fill("", "echo a&&", n - 2) + "ls"),
        ("a long beginning", n => "x=" + Fill("", "a", Math.Min(n / 2, 4_096)) + "$y;" + Fill("", "b $x;", n / 2)),
        ("replacements", n => "x=" + Fill("", "ab", n / 2) + ";" + Fill("echo", " ${x//a/b}", n / 2)),
        ("branches that assign", n => "case $x in " + Count("", i => $"a{i})v{i}=1;;", n - 15) + "esac"),
        ("functions in functions", n => Count("", i => $"f{i}(){{ g{i}(){{ ls; }};g{i}; }};f{i};", n)),
        ("aliases, then used", n => Count("", i => $"alias a{i}='ls';", n / 2) + Count("", i => $"a{i};", n / 2)),
        ("links, then followed", n => Count("", i => $"ln -s a{i} b{i};", n / 2) + Count("cat", i => $" b{i}/x", n / 2)),
        ("exec chain", n => Fill("", "exec ", n - 2) + "ls"),
        ("awk pipes", n => "awk '{" + Fill("", "print|\"ls\";", n - 20) + "}' f"),
        ("awk getlines", n => "awk '{" + Fill("", "getline a ", n - 20) + "}' f"),
        ("sql, all changing", n => "psql -c '" + Fill("", "copy a to program x;", n - 20) + "'"),
        ("python, blanks", n => "python3 -c 'system" + Fill("", " ", Math.Min(n, 8_000)) + "'"),
    ];

    private static string LongDirectory(int length) => Fill("cd /", "abcdefghijklmnopqrstuvwxyzabcdef/", Math.Min(length, 4_000));

    private static string Fill(string start, string piece, int length)
    {
        var text = new StringBuilder(start, length + piece.Length);
        while (text.Length + piece.Length <= length)
        {
            text.Append(piece);
        }

        return text.ToString();
    }

    private static string Count(string start, Func<int, string> piece, int length)
    {
        var text = new StringBuilder(start, length + 64);
        for (var i = 0; piece(i) is var next && text.Length + next.Length <= length - 3; i++)
        {
            text.Append(next);
        }

        return text.ToString();
    }

    private static string Nest(string open, string middle, string close, int length)
    {
        var depth = (length - middle.Length) / (open.Length + close.Length);
        return string.Concat(Enumerable.Repeat(open, depth)) + middle + string.Concat(Enumerable.Repeat(close, depth));
    }
}
