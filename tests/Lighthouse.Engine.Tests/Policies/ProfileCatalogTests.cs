using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Policies;

namespace Lighthouse.Engine.Tests.Policies;

public sealed class ProfileCatalogTests
{
    private static readonly ProfileCatalog Catalog = new();

    [Theory]
    [InlineData("guarded", "read", "workspace", Risk.Low, Verdict.Allow)]
    [InlineData("guarded", "read", "system", Risk.Low, Verdict.Allow)]
    [InlineData("guarded", "read", "unresolved", Risk.Medium, Verdict.Escalate)]
    [InlineData("guarded", "read", "protected", Risk.Low, Verdict.Deny)]
    [InlineData("guarded", "credential-access", "credential", Risk.High, Verdict.Escalate)]
    [InlineData("guarded", "write-workspace", "workspace", Risk.Low, Verdict.Allow)]
    [InlineData("guarded", "write-outside", "temporary", Risk.Low, Verdict.Allow)]
    [InlineData("guarded", "write-outside", "home", Risk.Medium, Verdict.Escalate)]
    [InlineData("guarded", "delete", "workspace", Risk.Medium, Verdict.Escalate)]
    [InlineData("guarded", "delete", "home", Risk.Critical, Verdict.Deny)]
    [InlineData("guarded", "privilege", "none", Risk.High, Verdict.Escalate)]
    [InlineData("guarded", "network-in", "network", Risk.Low, Verdict.Allow)]
    [InlineData("guarded", "network-out", "network", Risk.Medium, Verdict.Escalate)]
    [InlineData("guarded", "unknown", "none", Risk.Medium, Verdict.Escalate)]
    [InlineData("permissive", "unknown", "none", Risk.Low, Verdict.Escalate)]
    [InlineData("permissive", "execute-dynamic", "none", Risk.Low, Verdict.Escalate)]
    [InlineData("permissive", "execute-dynamic", "workspace", Risk.Medium, Verdict.Allow)]
    [InlineData("read-only", "write-workspace", "workspace", Risk.Low, Verdict.Deny)]
    [InlineData("read-only", "read", "home", Risk.Low, Verdict.Allow)]
    [InlineData("locked-down", "read", "home", Risk.Low, Verdict.Escalate)]
    [InlineData("locked-down", "read", "workspace", Risk.Low, Verdict.Allow)]
    public void Evaluate_OnePart_MeansWhatTheProfileSays(string profile, string effect, string place, Risk risk, Verdict expected) =>
        Catalog.Evaluate(profile, Of(Part(effect, place, risk))).Verdict.ShouldBe(expected);

    [Theory]
    [InlineData("guarded")]
    [InlineData("read-only")]
    [InlineData("permissive")]
    [InlineData("locked-down")]
    public void Evaluate_NothingKnown_NeverAllows(string profile)
    {
        Catalog.Evaluate(profile, new Analysis()).Verdict.ShouldBe(Verdict.Escalate);
        Catalog.Evaluate(profile, Of(Part("read", "workspace", Risk.Low)) with { Complete = false, Problem = "unclosed quote" })
            .Verdict.ShouldBe(Verdict.Escalate);
        Catalog.Evaluate(profile, Of(Part("unknown", "none", Risk.Low))).Verdict.ShouldNotBe(Verdict.Allow);
        Catalog.Evaluate(profile, Of(Part("execute-dynamic", "none", Risk.Low))).Verdict.ShouldNotBe(Verdict.Allow);
        Catalog.Evaluate(profile, Of(Part("no-such-effect", "workspace", Risk.Low))).Verdict.ShouldBe(Verdict.Escalate);
    }

    [Fact]
    public void Evaluate_SeveralParts_TheMostSevereDecidesAndExplains()
    {
        var verdict = Catalog.Evaluate("guarded", Of(
            Part("read", "workspace", Risk.Low), Part("delete", "home", Risk.Critical) with { Why = "deletes the home directory" }, Part("unknown", "none", Risk.Medium)));

        verdict.Verdict.ShouldBe(Verdict.Deny);
        verdict.Rules.ShouldBe(["guarded:catastrophic"]);
        verdict.Reason.ShouldBe("Deletes the home directory: the loss could not be undone");
    }

    [Fact]
    public void Evaluate_SeveralParts_NamesTheVeryPartThatDecidedAndItsRule()
    {
        var analysis = Of(Part("delete", "temporary", Risk.Low), Part("privilege", "none", Risk.High), Part("unknown", "none", Risk.Medium));

        var deciding = Catalog.Evaluate("guarded", analysis).Deciding.ShouldNotBeNull();

        deciding.Part.ShouldBeSameAs(analysis.Parts[1]);
        deciding.Rule.ShouldBe("guarded:privilege");
        deciding.Because.ShouldBe("it runs with other rights than the agent's");
    }

    [Fact]
    public void Evaluate_Allow_NamesNoPart() => Catalog.Evaluate("guarded", Of(Part("read", "workspace", Risk.Low))).Deciding.ShouldBeNull();

    [Fact]
    public void Evaluate_UnknownProfile_Escalates() =>
        Catalog.Evaluate("gaurded", Of(Part("read", "workspace", Risk.Low))).Verdict.ShouldBe(Verdict.Escalate);

    [Fact]
    public void Load_MisspeltEffect_IsRefused() =>
        Should.Throw<InvalidDataException>(static () => new ProfileCatalog(Encoding.UTF8.GetBytes(
            """{ "profiles": { "guarded": [ { "id": "x", "effects": ["raed"], "verdict": "allow" } ] } }""")))
            .Message.ShouldContain("raed");

    [Theory]
    [InlineData("privilege", "none", true)]
    [InlineData("delete", "workspace", false)]
    [InlineData("delete", "home", true)]
    [InlineData("write-outside", "temporary", false)]
    [InlineData("write-outside", "system", true)]
    [InlineData("network-out", "network", false)]
    public void DangerousFamilies_Part_Counts(string effect, string place, bool expected) =>
        DangerousFamilies.Contains(Of(Part(effect, place, Risk.High))).ShouldBe(expected);

    private static Analysis Of(params ActionPart[] parts) => new() { Parts = parts };

    private static ActionPart Part(string effect, string place, Risk risk) => new() { Effect = effect, Place = place, Risk = risk, Why = "does it" };
}
