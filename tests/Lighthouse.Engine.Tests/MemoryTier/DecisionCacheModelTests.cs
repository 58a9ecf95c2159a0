using CsCheck;
using Lighthouse.Engine.Validation.Tiers.Memory;

namespace Lighthouse.Engine.Tests.MemoryTier;

/// <summary>Random operations against a dictionary with expiry times.</summary>
public sealed class DecisionCacheModelTests
{
    private enum Kind { Get, Set, Advance, Clear }

    private static readonly Gen<(Kind Kind, int Key, int Seconds)[]> Operations = Gen.Select(
        Gen.Frequency((20, Gen.Const(Kind.Get)), (20, Gen.Const(Kind.Set)), (3, Gen.Const(Kind.Advance)), (1, Gen.Const(Kind.Clear))),
        Gen.Int[0, 30], Gen.Int[1, 200]).Array[0, 300];

    [Fact]
    public void Cache_BelowCapacity_AgreesWithTheModelExactly() => Operations.Sample(operations => Run(operations, new CacheFixture(capacity: 64), exact: true));

    [Fact]
    public void Cache_AboveCapacity_ForgetsButNeverAnswersWrong() => Operations.Sample(operations => Run(operations, new CacheFixture(capacity: 8, hotAfter: 2), exact: false));

    [Fact]
    public void Cache_UnderTotalCollision_ForgetsButNeverAnswersWrong() =>
        Operations.Sample(operations => Run(operations, new CacheFixture(fingerprinter: new CollidingFingerprinter()), exact: false));

    [Fact]
    public void Fingerprint_DifferentTexts_Differ()
    {
        var fingerprinter = new SeededFingerprinter();
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Byte.Array[0, 400]).Where((a, b) => !a.AsSpan().SequenceEqual(b))
            .Sample((a, b) => Of(a) != Of(b));

        Fingerprint Of(byte[] input) => fingerprinter.Of(new DecisionKeyText("Bash", input, "/w", CacheFixture.Scope));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void Fingerprint_TextMovedBetweenToolAndDirectory_Differs(int length)
    {
        var fingerprinter = new SeededFingerprinter();
        var text = new string('a', length);
        new[]
        {
            fingerprinter.Of(new DecisionKeyText(text + "b", "x"u8, "c", CacheFixture.Scope)),
            fingerprinter.Of(new DecisionKeyText(text, "x"u8, "bc", CacheFixture.Scope)),
            fingerprinter.Of(new DecisionKeyText(text + "bc", "x"u8, "", CacheFixture.Scope)),
            fingerprinter.Of(new DecisionKeyText(text, "xb"u8, "c", CacheFixture.Scope)),
        }.Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void Fingerprint_AnotherSeed_Differs() =>
        new SeededFingerprinter(1).Of(new DecisionKeyText("Bash", "ls"u8, "/w", CacheFixture.Scope))
            .ShouldNotBe(new SeededFingerprinter(2).Of(new DecisionKeyText("Bash", "ls"u8, "/w", CacheFixture.Scope)));

    private static void Run((Kind Kind, int Key, int Seconds)[] operations, CacheFixture fixture, bool exact)
    {
        var model = new Dictionary<int, (string Reason, DateTimeOffset Expires)>();
        for (var step = 0; step < operations.Length; step++)
        {
            var (kind, key, seconds) = operations[step];
            switch (kind)
            {
                case Kind.Get:
                    var expected = model.TryGetValue(key, out var known) && fixture.Time.GetUtcNow() < known.Expires ? known.Reason : null;
                    var actual = fixture.Get("k" + key);
                    if (exact || actual is not null)
                    {
                        actual.ShouldBe(expected);
                    }

                    break;
                case Kind.Set:
                    fixture.Set("k" + key, "v" + step);
                    model[key] = ("v" + step, fixture.Time.GetUtcNow().AddSeconds(300));
                    fixture.Get("k" + key).ShouldBe("v" + step, "what was just set is there");
                    break;
                case Kind.Advance:
                    fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
                    break;
                default:
                    fixture.Cache.Clear();
                    model.Clear();
                    break;
            }
        }

        var after = fixture.Cache.Statistics();
        after.Count.ShouldBeGreaterThanOrEqualTo(after.Hot);
        (after.Bytes == 0).ShouldBe(after.Count == 0);
    }
}
