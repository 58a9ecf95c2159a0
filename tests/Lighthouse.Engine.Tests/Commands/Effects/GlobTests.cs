using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Tests.Commands.Effects;

public sealed class GlobTests
{
    [Theory]
    [InlineData("key.p#", "key.p12", true)]
    [InlineData("key.p#", "key.pem", false)]
    [InlineData("id_ed#", "id_ed25519", true)]
    [InlineData("#:#", "12:30", true)]
    [InlineData("shadow#", "shadow", true)]
    [InlineData("#.txt", "a.txt", false)]
    [InlineData("#", ".env", false)]
    [InlineData("out-$", "out-deadbeef1", true)]
    [InlineData("out-$", "out-HEAD", true)]
    [InlineData("out-$", "out-key", false)]
    [InlineData("a#", "*.pem", false)]
    [InlineData("a.p#", "*.p12", true)]
    [InlineData("a#", "a*z", false)]
    [InlineData("a#*", "a*z", true)]
    public void UnknownNumber_StandsForDigitsAlone(string pattern, string name, bool fits) =>
        Glob.Overlap(pattern.Replace('#', Glob.Numeral).Replace('$', Glob.Hash), name).ShouldBe(fits);
}
