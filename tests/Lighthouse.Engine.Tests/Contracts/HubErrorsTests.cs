using CsCheck;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Tests.Contracts;

public sealed class HubErrorsTests
{
    private static readonly Gen<LighthouseException> Refusals =
        from code in Gen.Int[0, 2].Select(static n => new[] { ErrorCodes.RateLimited, ErrorCodes.NotFound, ErrorCodes.StorageUnavailable }[n])
        from message in Gen.String[Gen.Char.AlphaNumeric, 1, 60]
        from seconds in Gen.Int[0, 100]
        select new LighthouseException(code, message, seconds == 0 ? null : TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Refusal_FormattedAndParsed_IsTheSame() =>
        Refusals.Sample(static refusal =>
        {
            var parsed = HubErrors.Parse("An unexpected error occurred invoking 'Decide' on the server. HubException: " + HubErrors.Format(refusal));

            parsed.Code.ShouldBe(refusal.Code);
            parsed.Message.ShouldBe(refusal.Message);
            parsed.RetryAfter.ShouldBe(refusal.RetryAfter);
        });

    [Fact]
    public void Message_WithColons_StaysWhole() =>
        HubErrors.Parse(HubErrors.Format(new LighthouseException("not_found", "No decision d1: look at http://localhost: again"))).Message
            .ShouldBe("No decision d1: look at http://localhost: again");

    [Theory]
    [InlineData("")]
    [InlineData("The server closed the connection")]
    [InlineData("Sentence: with a colon")]
    [InlineData(": empty code")]
    [InlineData("rate_limited (retry after soon s): later")]
    public void Text_OfSomebodyElse_IsInternal(string text) => HubErrors.Parse(text).Code.ShouldBe(ErrorCodes.Internal);
}
