using Lighthouse.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>Where an effect lands, in the words of the contract.</summary>
internal static class PlaceWords
{
    public static string Of(ActionPart part) => (part.Place, part.Target) switch
    {
        ("none", null or "") => "",
        (var place, null or "") => place,
        ("none", var target) => target,
        (var place, var target) => $"{place}: {target}",
    };
}
