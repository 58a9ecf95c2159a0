using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>What a download is saved as where nothing says so, and what an address may carry out.</summary>
internal static class DownloadReadings
{
    // The last piece of the address is the name of the file.
    public static void SavedUnderRemoteName(ParsedCommand parsed, ReadingSink sink)
    {
        foreach (var word in parsed.Positionals)
        {
            var path = word.Text?.Split('?', '#')[0].TrimEnd('/');
            var slash = path?.LastIndexOf('/') ?? -1;
            if (path is not null && slash > 0 && slash < path.Length - 1 && path[slash - 1] != '/')
            {
                ArgumentRoles.Read("write", word with { Text = path[(slash + 1)..] }, sink);
            }
        }
    }

    // What is appended to an address by a substitution may carry data out.
    public static void ReadCurl(ParsedCommand parsed, ReadingSink sink)
    {
        if (parsed.Has("-O") || parsed.Has("--remote-name") || parsed.Has("--remote-name-all"))
        {
            SavedUnderRemoteName(parsed, sink);
        }

        foreach (var word in sink.Command.Arguments)
        {
            if (!word.IsKnown && word.Prefix.Contains("://", StringComparison.Ordinal))
            {
                sink.Add(Effect.NetworkOut, Place.Network, Risk.Medium, "asks for an address that is put together from something else", word);
            }
        }
    }
}
