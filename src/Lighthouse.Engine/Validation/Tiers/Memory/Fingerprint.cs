namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>128 bits that find an entry. It only finds: what decides is the comparison of the full text.</summary>
internal readonly record struct Fingerprint(ulong Low, ulong High)
{
    // The bits are already as good as random and keyed per process.
    public override int GetHashCode() => (int)Low;
}

internal interface IFingerprinter
{
    Fingerprint Of(in DecisionKeyText key);
}
