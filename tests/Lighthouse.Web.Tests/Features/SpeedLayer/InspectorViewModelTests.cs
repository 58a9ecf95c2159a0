using Lighthouse.Contracts;
using Lighthouse.Web.Features.SpeedLayer;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.SpeedLayer;

public sealed class InspectorViewModelTests
{
    private readonly FakeTower _tower = BusyTower.Create(new FakeTimeProvider());

    private InspectorViewModel Model() => new(_tower.Speed, _tower.Agents);

    [Theory]
    [InlineData("ls -la", """{"command":"ls -la"}""")]
    [InlineData("""{ "command": "ls", "description": "List" }""", """{ "command": "ls", "description": "List" }""")]
    [InlineData("{ ls; pwd; }", """{"command":"{ ls; pwd; }"}""")]
    [InlineData("""{"a":1,"a":2}""", """{"command":"{\"a\":1,\"a\":2}"}""")]
    public async Task Typed_JsonObject_IsTheWholeInputToTheLetter_AnythingElseIsACommand(string typed, string input)
    {
        var model = Model();
        model.Text = typed;
        model.WorkingDirectory = " /home/build ";
        await model.InspectTypedAsync();
        _tower.Speed.Inspected.ShouldBe([$"{_tower.Agents.AgentList[0].Id} Bash {input} /home/build"]);
    }

    [Fact]
    public async Task Unknown_SaysSoAndForgetsWhatWasShown()
    {
        var model = Model();
        _tower.Speed.Inspection = id => id == "d1" ? FakeSpeedLayer.Remembered(_tower.Time) : null;
        await model.InspectDecisionAsync(" d1 ");
        model.Found.ShouldNotBeNull();
        await model.InspectDecisionAsync("d2");
        model.Found.ShouldBeNull();
        model.Problem!.Code.ShouldBe(ErrorCodes.NotFound);
    }
}
