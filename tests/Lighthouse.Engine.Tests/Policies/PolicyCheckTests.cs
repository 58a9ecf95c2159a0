using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Policies;

public sealed class PolicyCheckTests
{
    [Fact]
    public async Task UnknownAttribute_IsRefused_WithLineAndColumn()
    {
        await using var host = await EngineHost.StartAsync();
        var check = await host.CheckAsync("// größer\n@id(\"a\")\nforbid(principal, action, resource)\nwhen { context.efects.contains(\"delete\") };");
        var error = check.Diagnostics.ShouldHaveSingleItem();
        (error.Line, error.Column, error.Policy).ShouldBe((4, 8, "a"));
        error.Message.ShouldContain("efects");
        error.Hint.ShouldNotBeNull().ShouldContain("effects");
        check.Valid.ShouldBeFalse();
    }

    [Fact]
    public async Task BadSyntax_IsRefused_WithLineAndColumn()
    {
        await using var host = await EngineHost.StartAsync();
        var check = await host.CheckAsync("permit(principal, action, resource);\npermit(principal, action, resource) whn { true };");
        var error = check.Diagnostics.ShouldHaveSingleItem();
        (error.Line, error.Column, error.Length).ShouldBe((2, 37, 3));
    }

    [Theory]
    [InlineData("@verdict(\"allow\") forbid(principal, action, resource);", "verdict")]
    [InlineData("@verdict(\"escalate\") permit(principal, action, resource);", "verdict")]
    [InlineData("@verdit(\"escalate\") forbid(principal, action, resource);", "@verdit")]
    [InlineData("@quorum(\"2\") forbid(principal, action, resource);", "escalate")]
    [InlineData("@verdict(\"escalate\") @quorum(\"many\") forbid(principal, action, resource);", "@quorum")]
    [InlineData("@verdict(\"escalate\") @deadline(\"soon\") forbid(principal, action, resource);", "@deadline")]
    [InlineData("@verdict(\"escalate\") @experts(\"\") forbid(principal, action, resource);", "@experts")]
    [InlineData("@id(\"two words\") forbid(principal, action, resource);", "@id")]
    [InlineData("@id(\"a\") forbid(principal, action, resource);\n@id(\"a\") permit(principal, action, resource);", "Two policies")]
    [InlineData("permit(principal == ?principal, action, resource);", "template")]
    [InlineData("forbid(principal, action == Action::\"shel\", resource);", "shel")]
    [InlineData("forbid(principal, action, resource) when { context.risk == \"high\" };", "")]
    public async Task Mistake_IsAnError(string text, string said)
    {
        await using var host = await EngineHost.StartAsync();
        var check = await host.CheckAsync(text);
        check.Valid.ShouldBeFalse();
        check.Diagnostics.ShouldContain(one => one.Severity == PolicySeverity.Error && one.Message.Contains(said, StringComparison.Ordinal), string.Join(" | ", check.Diagnostics));
    }

    [Fact]
    public async Task Policies_AreListed_WithWhatTheyDependOn()
    {
        await using var host = await EngineHost.StartAsync();
        var check = await host.CheckAsync(string.Join('\n', Enumerable.Range(0, 12).Select(static i => $"forbid(principal, action, resource) when {{ context.risk > {i} }};"))
            + "\n@id(\"night\") forbid(principal, action in [Action::\"shell\", Action::\"write\"], resource) when { context.hour < 6 };"
            + "\n@id(\"who\") forbid(principal == Agent::\"a\", action, resource);"
            + "\n@id(\"profile\") forbid(principal, action, resource) when { principal.profile == \"permissive\" };"
            + "\n@id(\"owner\") forbid(principal, action, resource) when { principal.owner == \"eve\" };");
        check.Valid.ShouldBeTrue();
        check.Policies.Take(12).Select(static one => (one.Id, one.Line)).ShouldBe(Enumerable.Range(0, 12).Select(static i => ("policy" + i, i + 1)));
        var night = check.Policies.Single(static one => one.Id == "night");
        (night.UsesTime, night.NamesAgents).ShouldBe((true, false));
        night.Actions.ShouldBe(["shell", "write"]);
        check.Policies.Single(static one => one.Id == "who").NamesAgents.ShouldBeTrue();
        check.Policies.Single(static one => one.Id == "owner").NamesAgents.ShouldBeTrue();
        check.Policies.Single(static one => one.Id == "profile").NamesAgents.ShouldBeFalse();
    }

    [Fact]
    public async Task Examples_AreHeld_AndOneThatFailsIsNamed()
    {
        const string text = "@id(\"no-force\") forbid(principal, action, resource) when { context.effects.contains(\"history-rewrite\") };";
        var force = new PolicyExample { Policy = "no-force", Request = new() { Command = "git push --force" }, Verdict = Verdict.Deny };
        var push = new PolicyExample { Policy = "no-force", Matches = false, Request = new() { Command = "git status" }, Verdict = Verdict.Allow };
        await using var host = await EngineHost.StartAsync();
        (await host.CheckAsync(text, force, push)).Valid.ShouldBeTrue();
        var check = await host.CheckAsync(text, force, push with { Matches = true });
        check.Valid.ShouldBeFalse();
        var failed = check.Diagnostics.ShouldHaveSingleItem();
        (failed.Example, failed.Policy).ShouldBe((1, "no-force"));
        (await host.CheckAsync(text, force with { Policy = "other" })).Valid.ShouldBeFalse();
        (await host.CheckAsync(text, force with { Verdict = Verdict.Escalate })).Valid.ShouldBeFalse();
    }
}
