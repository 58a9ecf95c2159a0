using Lighthouse.Contracts;

namespace Lighthouse.Engine.Tests.Commands.Analyser;

/// <summary>
/// <c>exec exec exec …</c> once went one call deeper for every word and took the whole process with it: a stack that is used up cannot be
/// caught. Whatever nests, however it nests, ends in a refusal long before.
/// </summary>
public sealed class DeepCommandTests
{
    private const int SmallStack = 1_024 * 1_024;

    private static readonly Dictionary<string, string> _commands = new()
    {
        ["exec"] = Many("exec ", 12_000) + "ls",
        ["command"] = Many("command ", 8_000) + "ls",
        ["builtin"] = Many("builtin -- ", 5_000) + "ls",
        ["functions of groups"] = string.Concat(Enumerable.Range(0, 400).Select(i => $"f{i}(){{ {Many("( ", 55)}f{i + 1}{Many(")", 55)}; }};")) + "f0",
        ["functions of substitutions"] = string.Concat(Enumerable.Range(0, 400).Select(i => $"f{i}(){{ {Many("echo $(", 55)}f{i + 1}{Many(")", 55)}; }};")) + "f0",
        ["texts of groups"] = "v0=ls;" + string.Concat(Enumerable.Range(0, 30).Select(i => $"v{i + 1}='{Many("( ", 60)}eval \"$v{i}\"{Many(")", 60)}';")) + "eval \"$v30\"",
        ["aliases of groups"] = string.Concat(Enumerable.Range(0, 30).Select(i => $"alias a{i}='{Many("( ", 60)}a{i + 1}{Many(")", 60)}';")) + "a0",
    };

    public static TheoryData<string> Names => [.. _commands.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Command_NestedWithoutEnd_IsRefusedOnASmallStack(string name)
    {
        Analysis? analysis = null;
        var thread = new Thread(() => analysis = Analysing.Command(_commands[name]), SmallStack);
        thread.Start();
        thread.Join();
        analysis.ShouldNotBeNull();
        analysis.Complete.ShouldBeFalse(name);
    }

    [Theory]
    [InlineData("exec command -- builtin exec rm -rf /")]
    [InlineData("f(){ ( ( eval 'g x' ) ); }; g(){ { sh -c 'rm -rf /'; }; }; f")]
    public void Command_NestedAsPeopleDo_IsStillFollowed(string command)
    {
        var analysis = Analysing.Command(command);
        analysis.Complete.ShouldBeTrue(analysis.Problem);
        analysis.Risk.ShouldBe(Risk.Critical);
    }

    private static string Many(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));
}
