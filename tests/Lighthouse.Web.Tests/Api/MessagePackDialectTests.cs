using System.Text.Json;
using Lighthouse.Client;
using Lighthouse.Contracts;
using MessagePack;

namespace Lighthouse.Web.Tests.Api;

public sealed class MessagePackDialectTests
{
    [Fact]
    public void Request_ThereAndBack_KeepsTheInput()
    {
        var request = new DecisionRequest { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command = "printf 'é \"x\"\\n' | sort", timeout = 120000, deep = new { a = new[] { 1.5, -2 } } }) };
        var back = MessagePackSerializer.Deserialize<DecisionRequest>(MessagePackSerializer.Serialize(request, MessagePackDialect.Options), MessagePackDialect.Options);
        back.Tool.ShouldBe("Bash");
        back.WorkingDirectory.ShouldBeNull();
        JsonElement.DeepEquals(back.Input, request.Input).ShouldBeTrue();
    }

    [Fact]
    public void Decisions_ThereAndBack_SpeakTheWordsOfTheContract()
    {
        IReadOnlyList<Decision> decisions =
        [
            new()
            {
                Id = "d1", Verdict = Verdict.Escalate, Tier = DecisionTier.FailClosed, Reason = "why", Risk = Risk.High, PolicySetVersion = "1",
                Effects = [EffectNames.Unknown], LatencyMs = 0.0123, DecidedAt = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero),
            },
        ];
        var bytes = MessagePackSerializer.Serialize(decisions, MessagePackDialect.Options);
        MessagePackSerializer.ConvertToJson(bytes, cancellationToken: TestContext.Current.CancellationToken).ShouldContain("\"tier\":\"fail-closed\"");
        var back = MessagePackSerializer.Deserialize<Decision[]>(bytes, MessagePackDialect.Options, TestContext.Current.CancellationToken);
        back[0].LatencyMs.ShouldBe(0.0123);
        back[0].DecidedAt.ShouldBe(decisions[0].DecidedAt);
    }
}
