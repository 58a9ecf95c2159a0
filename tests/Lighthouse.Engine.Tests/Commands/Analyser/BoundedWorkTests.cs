using System.Text.Json;
using CsCheck;
using Lighthouse.Benchmarks;
using Lighthouse.Benchmarks.Rows;
using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Commands.Syntax;

namespace Lighthouse.Engine.Tests.Commands.Analyser;

/// <summary>
/// No input takes long: twice the size takes at most two and a half times as many bytes, and nothing grows with the square. Judged over two doublings,
/// where that shows at sixteen times; in bytes, which are the same in every run, and in processor time of the thread. Small texts too: what passes a
/// limit is cheap beyond it. How the time of each doubling grows is row 5 of the benchmarks, which wants a quiet machine.
/// </summary>
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

    public static TheoryData<string> Shapes => [.. _shapes.Keys.Concat(WorstInputs.Shapes.Select(static one => "row 5: " + one.Name))];

    private const double TwoDoublings = 2.5 * 2.5;

    // Of the sixteen times that the square takes. On a machine with thirty waiting threads what is linear measured up to 6.4.
    private const double TimeOfTwoDoublings = 8;

    // Less than this is the price of a text in large memory, and of a clock.
    private const long FewBytes = 400_000;
    private const double ShortMicroseconds = 2_000;
    private const int Attempts = 20;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Analysis_OfFourTimesTheSize_GrowsWithTheSizeAndNotItsSquare(string shape)
    {
        var make = _shapes.TryGetValue(shape, out var own) ? own : WorstInputs.Shapes.Single(one => "row 5: " + one.Name == shape).Of;
        foreach (var size in (ReadOnlySpan<int>)[4_000, 16_000])
        {
            var (small, large) = (Request(make(size)), Request(make(4 * size)));
            for (var round = 0; round < 4; round++)
            {
                Analyse(small);
            }

            var (least, bytes) = QuietRun.Of(() => Analyse(small));
            var (longest, allBytes) = QuietRun.Of(() => Analyse(large));
            (allBytes / Math.Max(bytes, FewBytes / TwoDoublings)).ShouldBeLessThanOrEqualTo(TwoDoublings, $"{shape}: {bytes} and {allBytes} bytes at {size} and {4 * size} characters");

            // Everything but the work itself only ever adds: what is least over a few tries counts.
            for (var attempt = 0; attempt < Attempts && longest > ShortMicroseconds && longest / least > TimeOfTwoDoublings; attempt++)
            {
                longest = Math.Min(longest, QuietRun.Of(() => Analyse(large)).Microseconds);
                least = Math.Min(least, QuietRun.Of(() => Analyse(small)).Microseconds);
            }

            longest.ShouldBeLessThan(500_000, shape);
            (longest < ShortMicroseconds ? 0 : longest / least).ShouldBeLessThanOrEqualTo(TimeOfTwoDoublings, $"{shape}: {least:F0} and {longest:F0} us at {size} and {4 * size} characters");
        }
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

    private static DecisionRequest Request(string command) => new() { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }) };

    private static void Analyse(DecisionRequest request) => Analysing.Analyser.Analyse(request, Analysing.Place);
}
