using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>tar: one letter decides whether the archive or the files are written.</summary>
internal static class TarOperation
{
    public static void Read(ParsedCommand parsed, ReadingSink sink)
    {
        var creates = parsed.Has("-c") || parsed.Has("--create") || parsed.Has("-r") || parsed.Has("--append") || parsed.Has("-u") || parsed.Has("--update")
            || parsed.Has("-A") || parsed.Has("--catenate") || parsed.Has("--concatenate") || parsed.Has("--delete");
        var extracts = parsed.Has("-x") || parsed.Has("--extract") || parsed.Has("--get");
        var lists = parsed.Has("-t") || parsed.Has("--list") || parsed.Has("-d") || parsed.Has("--diff") || parsed.Has("--compare");
        Archive(parsed.Value("-f", "--file"), creates, sink);
        if (creates)
        {
            foreach (var word in parsed.Positionals)
            {
                var directory = parsed.Value("-C", "--directory", "--cd")?.Text;
                ArgumentRoles.Read("tree", directory is not null && word.Text is { } name && !name.StartsWith('/') ? word with { Text = directory.TrimEnd('/') + "/" + name } : word, sink);
            }

            if (parsed.Has("--remove-files"))
            {
                sink.Add(EffectTerm.Parse("delete!high: deletes the files after packing them"));
            }
        }
        else if (extracts && (parsed.Has("-O") || parsed.Has("--to-stdout")))
        {
            sink.Add(EffectTerm.Nothing);
        }
        else if (extracts)
        {
            sink.Add(EffectTerm.Parse("change: unpacks an archive over existing files"));
            if (parsed.Value("-C", "--directory", "--cd", "--one-top-level") is { } directory)
            {
                ArgumentRoles.Read("write", directory, sink);
            }

            if (parsed.Has("-P") || parsed.Has("--absolute-names"))
            {
                sink.Add(EffectTerm.Parse("outside!high: unpacks files wherever the archive says"));
            }
        }
        else if (!lists)
        {
            sink.Add(EffectTerm.NotKnown with { Why = "uses tar without saying what for" });
        }
    }

    private static void Archive(Word? file, bool writes, ReadingSink sink)
    {
        if (file is not { } archive)
        {
            return;
        }

        // host:archive goes over the network through rsh.
        var text = archive.Text ?? archive.Prefix;
        if (text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !text.AsSpan(0, colon).Contains('/'))
        {
            sink.Add(sink.Paths.Contact(archive with { Text = text[..colon] }, sink.Place, sends: true, sink.Program));
            return;
        }

        ArgumentRoles.Read(writes ? "write" : "read", archive, sink);
    }
}
