using CsCheck;
using Lighthouse.Benchmarks;
using Lighthouse.Engine.Tests.Commands.Syntax;

namespace Lighthouse.Engine.Tests.Commands.Analyser;

/// <summary>No input takes long: twice the size takes at most two and a half times as long, in processor time of the thread.</summary>
public sealed class BoundedWorkTests
{
    private static string Many(string piece, int length) => string.Concat(Enumerable.Repeat(piece, Math.Max(1, length / piece.Length)));

    private static string Numbered(Func<int, string> piece, int length)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; text.Length < length - 40; i++)
        {
            text.Append(piece(i));
        }

        return text.ToString();
    }

    private static readonly Dictionary<string, Func<int, string>> _shapes = new()
    {
        ["open parentheses"] = n => Many("(", n),
        ["nested subshells"] = n => Many("( a; ", n),
        ["nested substitutions"] = n => Many("$(", n),
        ["nested arithmetic"] = n => Many("$((", n),
        ["arithmetic or not"] = n => Many("$((a ') ", n),
        ["arithmetic in a row"] = n => "echo " + Many("$((1)) ", n),
        ["backticks"] = n => Many("`", n),
        ["backticks in a row"] = n => "echo " + Many("`a` ", n),
        ["escaped backticks"] = n => "`" + Many("\\`", n),
        ["single quotes"] = n => Many("'", n),
        ["double quotes"] = n => Many("\"", n),
        ["quotes around backticks"] = n => Many("\"`a \"", n),
        ["redirections"] = n => "a " + Many(">b ", n),
        ["here-documents without end"] = n => Many("<<a ", n),
        ["here-documents"] = n => Many("<<a ", n / 2) + "\n" + Many("a\n", n / 4),
        ["braces to multiply"] = n => "echo " + Many("{a,b}", n),
        ["open braces"] = n => "echo " + Many("{", n),
        ["nested braces"] = n => "echo " + Many("{a,", n / 2) + Many("}", n / 6),
        ["sequences"] = n => Many("echo {1..9}{1..9};", n),
        ["commands"] = n => Many("a;", n),
        ["and"] = n => Many("a&&", n) + "a",
        ["or"] = n => Many("x=1||", n) + "a",
        ["pipeline"] = n => Many("a|", n) + "a",
        ["words"] = n => "a " + Many("b ", n),
        ["variables"] = n => Numbered(i => $"v{i}=1;", n),
        ["variables and subshells"] = n => Numbered(i => $"v{i}=1;(b);", n),
        ["eval of a long text"] = n => "x='" + Many("a;", n / 2) + "';" + Many("eval $x;", n / 2),
        ["a long variable"] = n => "x=" + Many("a", n / 2) + ";" + Many("b $x;", n / 2),
        ["a doubling variable"] = n => "x=aa;" + Many("x=$x$x;", n),
        ["function calls"] = n => "f(){ " + Many("a;", n / 2) + "};" + Many("f;", n / 2),
        ["nested loops"] = n => Many("for i in 1 2 3 4 5 6 7 8;do ", 1_080) + Many("a $i;", n - 1_400) + Many("done;", 200).TrimEnd(';'),
        ["loops"] = n => Many("for i in 1 2 3;do a $i;done;", n),
        ["case"] = n => "case a in " + Many("a) b;;", n) + "esac",
        ["nested expansions"] = n => "echo " + Many("${a:-", n),
        ["expansions"] = n => "echo " + Many("${a:-b} ", n),
        ["continued lines"] = n => "a" + Many("\\\nb", n),
        ["subscripts"] = n => Many("a[", n),
        ["conditions"] = n => "[[ " + Many("a && ", n) + "a ]]",
        ["aliases"] = n => "alias a='" + Many("b", n / 2) + "';" + Many("a;", n / 2),
        ["patterns"] = n => "x=" + Many("a", 1_000) + ";" + Many("b ${x##*b*c*d};", n - 1_000),
        ["written and run"] = n => Numbered(i => $"a>{i};./{i};", n),
        ["positional parameters"] = n => "set -- " + Many("a ", n / 2) + ";" + Many("b \"$@\";", n / 2),
        ["array elements"] = n => "x=(" + Many("a ", n / 2) + ");" + Many("b ${x[@]};", n / 2),
        ["unknown words"] = n => Many("$a ", n) + "b",
        ["defaults"] = n => Many("a ${b:-c};", n),
        ["comments"] = n => Many("#\n", n),
        ["ranges"] = n => "echo " + Many("{1..99} ", n),
        ["growing by itself"] = n => "a=x;" + Many("a=$a$a;", Math.Min(n, 24_000)),
        ["going down"] = n => Many("cd d;", Math.Min(n, 19_000)) + "rm x",
        ["options that change the arguments"] = n => "sed " + Many("-e p f ", n),
        ["wrappers"] = n => Many("find . -exec ", n) + "ls {} \\;",
    };

    public static TheoryData<string> Shapes => [.. _shapes.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Analysis_OfTwiceTheSize_TakesAtMostTwoAndAHalfTimesAsLong(string shape)
    {
        var make = _shapes[shape];
        var (half, whole) = (make(32_000), make(64_000));
        Analysing.Command(make(2_000));
        var ratio = double.MaxValue;
        var longest = TimeSpan.Zero;

        // The collector and a cold cache only ever add time; the best of a few tries is the one that counts.
        for (var attempt = 0; attempt < 6 && ratio > 2.5; attempt++)
        {
            longest = Best(whole);
            ratio = Math.Min(ratio, longest / Best(half));

            // Below this the time is mostly the collector's, which other tests set off; work that grows with the square is far above.
            if (longest < TimeSpan.FromMilliseconds(60))
            {
                return;
            }
        }

        ratio.ShouldBeLessThanOrEqualTo(2.5, $"{shape}: {longest.TotalMilliseconds:F1} ms");
        longest.ShouldBeLessThan(TimeSpan.FromMilliseconds(500), shape);
    }

    [Fact]
    public void MutatedCommand_IsAnalysedWithoutFailure() => ScriptGen.Mutated.Sample(
        script =>
        {
            var start = ThreadClock.Microseconds();
            var analysis = Analysing.Command(script);
            (analysis.Problem ?? "").ShouldNotContain("the analysis failed", Case.Sensitive, script);
            analysis.Parts.ShouldAllBe(part => part.Start >= 0 && part.Start + part.Length <= script.Length && part.Why.Length > 0);
            (ThreadClock.Microseconds() - start).ShouldBeLessThan(2_000_000, script);
        },
        time: 5);

    [Fact]
    public void ArbitraryText_IsAnalysedWithoutFailure() => Gen.Char["$(){}[]<>|&;'\"`\\ \n\t#~!*?=abx01:-/%@^,."].Array[0, 60].Select(characters => new string(characters)).Sample(
        script => (Analysing.Command(script).Problem ?? "").ShouldNotContain("the analysis failed", Case.Sensitive, script),
        time: 5);

    private static TimeSpan Best(string command)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var start = ThreadClock.Microseconds();
            Analysing.Command(command);
            var elapsed = TimeSpan.FromMicroseconds(ThreadClock.Microseconds() - start);
            best = elapsed < best ? elapsed : best;
        }

        return best;
    }
}
