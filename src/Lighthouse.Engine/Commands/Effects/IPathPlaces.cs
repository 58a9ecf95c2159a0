using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>
/// Where paths and addresses lead, judged by their text: <c>..</c>, <c>~</c>, <c>/proc/self/root</c>, letter case and
/// globs are seen through; symbolic links are not followed, because nothing here touches the file system.
/// </summary>
internal interface IPathPlaces
{
    Place PlaceOf(Word path, ActionPlace place);

    /// <summary><see cref="Place.Network"/>, or <see cref="Place.Protected"/> for Lighthouse itself, <see cref="Place.Credential"/> for a metadata service.</summary>
    Place PlaceOfAddress(Word address, ActionPlace place);

    /// <summary>Null where nothing happens, as for <c>/dev/null</c> and plain descriptors.</summary>
    EffectUse? Read(Word path, ActionPlace place, string? program);

    /// <summary>Looks at names and metadata only (ls, stat, find): a place of secrets is not opened by that.</summary>
    EffectUse? List(Word path, ActionPlace place, string? program);

    EffectUse? Write(Word path, ActionPlace place, string? program);

    EffectUse? Delete(Word path, ActionPlace place, bool recursive, string? program);

    /// <param name="sends">True when data of ours goes out, not just a question.</param>
    EffectUse Contact(Word address, ActionPlace place, bool sends, string? program);
}
