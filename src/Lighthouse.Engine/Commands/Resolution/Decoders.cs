using System.Collections.Frozen;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Programs that turn unreadable text into readable: what they hand on was hidden before.</summary>
internal static class Decoders
{
    private static readonly FrozenSet<string> _always = new[] { "uudecode", "gunzip", "zcat", "bunzip2", "bzcat", "unxz", "xzcat", "zstdcat", "unzstd", "gpg", "rev", "tr" }.ToFrozenSet();

    public static bool Decodes(string program, List<Word> arguments)
    {
        var slash = program.LastIndexOf('/');
        var name = slash < 0 ? program : program[(slash + 1)..];
        return name switch
        {
            "base64" or "base32" or "basenc" or "gzip" or "bzip2" or "xz" or "zstd" => arguments.Exists(a => a.Text is null or "-d" or "-D" or "--decode" or "-dc" or "-di" or "--decompress" || (a.Text.StartsWith('-') && a.Text.Contains('d'))),
            "xxd" => arguments.Exists(a => a.Text is null || (a.Text.StartsWith('-') && a.Text.Contains('r'))),
            "openssl" => arguments.Exists(a => a.Text is null or "-d" or "-decrypt" or "base64"),
            _ => _always.Contains(name),
        };
    }
}
