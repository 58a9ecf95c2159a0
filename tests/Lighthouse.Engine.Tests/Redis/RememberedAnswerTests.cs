using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CsCheck;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Tiers.Redis;

namespace Lighthouse.Engine.Tests.Redis;

public sealed class RememberedAnswerTests
{
    /// <summary>What version 2 wrote for <see cref="Sample"/>. Never changes: another form is another version.</summary>
    private const string Golden =
        "0000010572656164730101047265616401010c677561726465643a726561640101000001030101036361740104c801000500030109776f726b737061636501052f772fc3a900000200";

    private static readonly TierVerdict Sample = new(
        Verdict.Allow, DecisionTier.Redis, "reads", Risk.Low, ["read"], ["guarded:read"],
        new Analysis
        {
            Risk = Risk.Low,
            Effects = ["read"],
            Programs = ["cat"],
            Parts = [new ActionPart { Start = 4, Length = 200, Program = "cat", Effect = "read", Place = "workspace", Target = "/w/é", Risk = Risk.Low, Why = "reads" }],
        });

    [Fact]
    public void Version2_KeepsItsForm()
    {
        Convert.ToHexStringLower(Bytes(Sample)).ShouldBe(Golden);
        Text(Read(Convert.FromHexString(Golden))).ShouldBe(Text(Sample));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryFieldOfAnAnswer_Survives(bool flag)
    {
        // A field that somebody adds to the contract and not to this form would be lost on the way through Redis, and nobody would notice.
        var number = 1;
        var verdict = new TierVerdict(
            Verdict.Deny, DecisionTier.Redis, "reason", Risk.Critical, ["e"], ["p"], (Analysis)Filled(typeof(Analysis), flag, ref number),
            (DecidingFact)Filled(typeof(DecidingFact), flag, ref number));
        Text(Read(Bytes(verdict))).ShouldBe(Text(verdict), "RememberedAnswer has to write and read every field of the answer");
        // Terms and who spoke belong to escalations, and what does not last is never offered: neither is ever stored.
        typeof(TierVerdict).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static one => one.Name).Except(["Terms", "ByPolicy", "Lasting"]).Count()
            .ShouldBe(8, "RememberedAnswer has to write and read every field of the answer");
    }

    [Fact]
    public void Escalation_IsNotRead() => Should.Throw<InvalidDataException>(static () => Read(Bytes(Sample with { Verdict = Verdict.Escalate })));

    [Fact]
    public void AnyOtherBytes_AreMalformedAndNothingWorse() => Gen.Byte.Array[0, 400].Sample(static bytes =>
    {
        try
        {
            Read(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }
    });

    [Fact]
    public void CutShortOrLonger_IsMalformed()
    {
        var whole = Bytes(Sample);
        for (var length = 0; length < whole.Length; length++)
        {
            Should.Throw<InvalidDataException>(() => Read(whole[..length]));
        }

        Should.Throw<InvalidDataException>(() => Read([.. whole, 0]));
    }

    private static byte[] Bytes(TierVerdict verdict)
    {
        var writer = new CompactWriter();
        RememberedAnswer.Write(writer, verdict);
        return writer.Written.ToArray();
    }

    private static TierVerdict Read(byte[] bytes)
    {
        var reader = new CompactReader(bytes);
        return RememberedAnswer.Read(ref reader);
    }

    private static string Text(TierVerdict verdict) => JsonSerializer.Serialize(verdict, LighthouseJson.Options);

    private static object Filled(Type type, bool flag, ref int number)
    {
        if (type == typeof(string))
        {
            return "text " + number++;
        }

        if (type == typeof(int))
        {
            return number++;
        }

        if (type == typeof(bool))
        {
            return flag;
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Last();
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments))!;
            list.Add(Filled(type.GenericTypeArguments[0], flag, ref number));
            list.Add(Filled(type.GenericTypeArguments[0], flag, ref number));
            return list;
        }

        var filled = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static one => one.CanWrite))
        {
            property.SetValue(filled, Filled(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, flag, ref number));
        }

        return filled;
    }
}
