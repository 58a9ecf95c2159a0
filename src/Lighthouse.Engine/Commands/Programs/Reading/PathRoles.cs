using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Paths that mean more than themselves: all below them, another name, a place that is left.</summary>
internal static class PathRoles
{
    // Everything below a directory is read: what it could hold counts.
    public static void Tree(Word word, ReadingSink sink)
    {
        if (!ArgumentRoles.Path(word))
        {
            return;
        }

        var own = sink.Paths.Read(word, sink.Place, sink.Program);
        if (own is { Effect: Effect.Read } && (word.Text ?? word.Shape?.Pattern) is { } text)
        {
            var below = sink.Paths.Read(word with { Text = text.TrimEnd('/') + "/**", HasGlob = true }, sink.Place, sink.Program);
            own = below is { Effect: Effect.CredentialAccess } or { Place: Place.Protected }
                ? below with { Target = word.Text ?? word.Raw, Why = below.Place == Place.Protected ? below.Why : $"reads {word.Text ?? word.Raw} with all below it, where credentials may be" }
                : own with { Path = own.Path is { } path ? path.TrimEnd('/') + "/**" : null };
        }

        if (own is { Effect: Effect.Read } && word is { Text: null, Shape: null, Names: { } names })
        {
            foreach (var name in names)
            {
                var below = sink.Paths.Read(word with { Text = name.Text?.TrimEnd('/') + "/**", HasGlob = true, Names = null }, sink.Place, sink.Program);
                own = below is { Effect: Effect.CredentialAccess } or { Place: Place.Protected } ? below with { Target = word.Raw } : own;
            }
        }

        sink.Add(own);
    }

    // A second name: whatever is later written to it lands on the first.
    public static void Link(Word word, ReadingSink sink)
    {
        var read = sink.Paths.Read(word, sink.Place, sink.Program);
        sink.Add(read is { Effect: Effect.Read } && sink.Paths.PlaceOf(word, sink.Place) is not (Place.Workspace or Place.Temporary or Place.None)
            ? sink.Paths.Write(word, sink.Place, sink.Program) is { } write ? write with { Why = $"gives {word.Text ?? word.Raw} another name" } : null
            : read);
    }

    // Rights or owners of everything below: what must not be deleted whole must not be changed whole.
    public static void ChangeTree(Word word, ReadingSink sink)
    {
        var lost = sink.Paths.Delete(word, sink.Place, recursive: true, sink.Program);
        sink.Add(lost is { Risk: Risk.Critical }
            ? lost with { Effect = Effect.WriteOutside, Why = lost.Why.Replace("deletes", "changes the rights of", StringComparison.Ordinal) }
            : sink.Paths.Write(word, sink.Place, sink.Program));
    }

    // The source of a move: it is gone from where it was.
    public static void Move(Word word, ReadingSink sink)
    {
        var place = sink.Paths.PlaceOf(word, sink.Place);
        var gone = sink.Paths.Delete(word, sink.Place, recursive: true, sink.Program);
        if (place == Place.Workspace && gone is { Risk: < Risk.High })
        {
            sink.Add(sink.Paths.Write(word, sink.Place, sink.Program) is { } write ? write with { Why = $"moves {word.Text}" } : null);
        }
        else
        {
            sink.Add(gone is null ? null : gone with { Why = gone.Why.Replace("deletes", "moves away", StringComparison.Ordinal) });
        }
    }
}
