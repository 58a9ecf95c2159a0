using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Ui;

public sealed class DisplayTests
{
    [Theory]
    [InlineData(0.011, "11.0", "µs")]
    [InlineData(0.0009, "0.90", "µs")]
    [InlineData(0.41, "0.41", "ms")]
    [InlineData(4.123, "4.12", "ms")]
    [InlineData(123.4, "123", "ms")]
    [InlineData(41_000, "41.0", "s")]
    public void Duration_AnyLength_HasThreeDigitsAndAUnit(double milliseconds, string number, string unit) =>
        Display.Duration(milliseconds).ShouldBe((number, unit));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0004, "< 0.1")]
    [InlineData(0.963, "96.3")]
    [InlineData(0.99999, "> 99.9")]
    [InlineData(1, "100")]
    public void Percent_NearTheEnds_NeverRoundsToThem(double ratio, string text) => Display.Percent(ratio).ShouldBe(text);

    [Theory]
    [InlineData(1204, "1,204")]
    [InlineData(12_345, "12.3k")]
    [InlineData(1_234_567, "1.23M")]
    public void Count_Large_IsShortened(double value, string text) => Display.Count(value).ShouldBe(text);

    [Fact]
    public void SparkPath_Gap_BreaksTheLine() => SparkPath.Of([1, 2, null, 3, 4], 100, 20).Count.ShouldBe(2);

    [Fact]
    public void SparkPath_NothingMeasured_DrawsNothing() => SparkPath.Of([null, null], 100, 20).ShouldBeEmpty();
}
