using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Ui;

public sealed class RequestSubjectTests
{
    [Theory]
    [InlineData("Bash", """{"command":"ls && rm x"}""", null, 6, 4, "rm x")]
    [InlineData("shell", """{"cmd":"rm x"}""", null, 0, 2, "rm")]
    [InlineData("exec", """{"argv":["rm","x y"]}""", null, 3, 3, "x y")]
    [InlineData("Write", """{"content":"a","file_path":"/etc/passwd"}""", "file_path", 0, 0, "/etc/passwd")]
    [InlineData("read_many_files", """{"paths":["a","/etc/shadow"]}""", "paths[1]", 0, 0, "/etc/shadow")]
    [InlineData("apply_patch", """{"input":"*** Begin Patch\n*** Delete File: /x"}""", "input", 16, 19, "*** Delete File: /x")]
    public void Of_DecidingPart_MarksItWhereItStands(string tool, string input, string? field, int start, int length, string marked)
    {
        var subject = RequestSubject.Of(Request(tool, input), Fact(field, start, length));
        var mark = subject.Mark.ShouldNotBeNull();
        subject.Text.Substring(mark.Start, mark.Length).ShouldBe(marked);
        subject.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("paths[7]")]
    [InlineData("paths[x]")]
    [InlineData("paths[")]
    [InlineData("content")]
    public void Of_FieldThatIsNotThere_ShowsTheInputUnmarked(string field)
    {
        var subject = RequestSubject.Of(Request("Write", """{"paths":["a"],"path":"b"}"""), Fact(field, 0, 0));
        subject.ShouldBe(new RequestSubject("b", null, null));
    }

    [Fact]
    public void Of_NothingDecided_MarksNothing() =>
        RequestSubject.Of(Request("Read", """{"file_path":"a.txt"}"""), null, "file_path").ShouldBe(new RequestSubject("a.txt", "file_path", null));

    private static DecisionRequest Request(string tool, string input) => new() { Tool = tool, Input = JsonDocument.Parse(input).RootElement };

    private static DecidingFact Fact(string? field, int start, int length) => new()
    {
        Part = new ActionPart { Field = field, Start = start, Length = length, Effect = "delete", Why = "deletes", Risk = Risk.High },
        Rule = "guarded:delete",
    };
}
