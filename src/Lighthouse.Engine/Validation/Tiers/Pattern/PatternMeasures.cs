using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Tiers.Pattern;

/// <summary>What is measured of a request: each measure says from 0 to 1 how much of its pattern is there. One pass each, no state.</summary>
internal static class PatternMeasures
{
    private static readonly SearchValues<string> InteractiveShells = SearchValues.Create(
        ["/dev/tcp/", "/dev/udp/", "nc -e", "ncat -e", "nc -c", "ncat -c", "ncat --exec", "exec:sh", "exec:bash", "exec:/bin", "pty.spawn"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Traces = SearchValues.Create(
        ["history -c", "history -w /dev/null", "HISTFILE", "HISTSIZE=0", "_history", "/var/log/", "/var/run/utmp", "wtmp"], StringComparison.Ordinal);

    private static readonly SearchValues<string> LiveNames = SearchValues.Create(["prod", "live-", "-live"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Losses = SearchValues.Create(
        ["drop table", "drop database", "drop schema", "truncate table", "dropdb", "flushall", "dropdatabase("], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Decoders = ["base64", "base32", "xxd", "openssl", "gunzip", "zcat", "gzip", "uudecode", "rev", "tr"];
    private static readonly string[] Databases = ["psql", "mysql", "mariadb", "sqlite3", "dropdb", "redis-cli", "mongosh", "mongo", "sqlcmd", "clickhouse-client"];

    public static FrozenDictionary<string, Func<PatternView, double>> All { get; } = new Dictionary<string, Func<PatternView, double>>
    {
        ["reverse-shell"] = static view => Yes(view.Text.AsSpan().ContainsAny(InteractiveShells)),
        ["fetch-and-run"] = static view => Yes(RunsWhatAnotherProgramFetched(view)),
        ["secret-and-send"] = static view => Yes(view.Has(EffectNames.CredentialAccess) && view.Has(EffectNames.NetworkOut)),
        ["decode-and-run"] = static view => Yes(view.Runs(Decoders) && view.Analysis.Parts.Any(static part => part.Effect == EffectNames.ExecuteDynamic && Array.IndexOf(Decoders, part.Program) < 0)),
        ["encoded-blob"] = static view => Encoded(view.Text),
        ["escape-density"] = static view => Escaped(view.Text),
        ["hidden-characters"] = static view => Yes(Hidden(view.Text)),
        ["raw-address"] = static view => Yes(view.Analysis.Parts.Any(static part => part.Place == "network" && IsRawAddress(part.Target))),
        ["covers-tracks"] = static view => Yes(CoversTracks(view)),
        ["lasting-foothold"] = static view => Yes(view.Has(EffectNames.Persistence) && (view.Has(EffectNames.NetworkIn) || view.Has(EffectNames.NetworkOut) || view.Text.Contains("://", StringComparison.Ordinal))),
        ["privileged-deletion"] = static view => Yes(view.Has(EffectNames.Privilege) && view.Has(EffectNames.Delete)),
        ["live-infrastructure"] = static view => Yes(view.Has(EffectNames.Infrastructure) && view.Text.AsSpan().ContainsAny(LiveNames)),
        ["database-loss"] = static view => Yes(view.Runs(Databases) && view.Text.AsSpan().ContainsAny(Losses)),
        ["many-effects"] = static view => Math.Clamp((view.Analysis.Effects.Count - 3) / 3.0, 0, 1),
        ["deep-nesting"] = static view => Math.Clamp((Depth(view.Text) - 2) / 2.0, 0, 1),
        ["long-command"] = static view => Math.Clamp((view.Text.Length - 2_000) / 8_000.0, 0, 1),
        ["stays-inside"] = static view => Yes(view.Analysis.Complete && view.Analysis.Parts.Count > 0 && view.Analysis.Parts.All(static part => part.Place == "workspace")),
    }.ToFrozenDictionary();

    private static double Yes(bool there) => there ? 1 : 0;

    /// <summary>The longest word of an encoding's alphabet that is as mixed as encoded text is.</summary>
    private static double Encoded(string text)
    {
        const int shortest = 40;
        var best = 0.0;
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && IsEncodingCharacter(text[i]))
            {
                i++;
            }

            if (i - start >= shortest && Entropy(text.AsSpan(start, Math.Min(i - start, 512))) is var bits and > 4.3)
            {
                best = Math.Max(best, Math.Clamp((bits - 4.0) / 1.0, 0, 1));
            }
        }

        return best;
    }

    // Slashes are left out: they would make every long path a blob.
    private static bool IsEncodingCharacter(char one) => char.IsAsciiLetterOrDigit(one) || one is '+' or '=';

    private static double Entropy(ReadOnlySpan<char> word)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var one in word)
        {
            counts[one & 127]++;
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / word.Length;
                bits -= share * Math.Log2(share);
            }
        }

        return bits;
    }

    /// <summary>How much of the text is <c>\x41</c>, <c>\u0041</c> or <c>\101</c>.</summary>
    private static double Escaped(string text)
    {
        var escaped = 0;
        for (var i = 0; i + 3 < text.Length; i++)
        {
            if (text[i] == '\\' && (text[i + 1] is 'x' or 'u' or 'U' || (char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2]))))
            {
                escaped += 4;
                i += 3;
            }
        }

        return escaped < 16 ? 0 : Math.Clamp(2.0 * escaped / text.Length, 0, 1);
    }

    private static bool Hidden(string text)
    {
        foreach (var one in text)
        {
            if (one is (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u2069') or '\ufeff' or '\u00ad' or '\b' or '\u001b')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRawAddress(string? target)
    {
        if (string.IsNullOrEmpty(target))
        {
            return false;
        }

        var host = target.AsSpan();
        var scheme = host.IndexOf("://", StringComparison.Ordinal);
        host = scheme >= 0 ? host[(scheme + 3)..] : host;
        host = host[(host.LastIndexOf('@') + 1)..];
        var end = host.IndexOfAny("/:?#");
        host = end >= 0 ? host[..end] : host;
        return host.Count('.') == 3 && IPAddress.TryParse(host, out var address) && !IPAddress.IsLoopback(address)
            && address.GetAddressBytes() is not ([10, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..] or [0, ..]);
    }

    private static bool RunsWhatAnotherProgramFetched(PatternView view)
    {
        foreach (var running in view.Analysis.Parts)
        {
            if (running.Effect == EffectNames.ExecuteDynamic
                && view.Analysis.Parts.Any(fetching => fetching.Effect is EffectNames.NetworkIn or EffectNames.NetworkOut && fetching.Program != running.Program))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CoversTracks(PatternView view) =>
        view.Text.AsSpan().ContainsAny(Traces)
        && (view.Has(EffectNames.Delete) || view.Runs(["unset", "shred", "truncate", "export"]) || view.Text.Contains("history -c", StringComparison.Ordinal)
            || view.Text.Contains("HISTSIZE=0", StringComparison.Ordinal) || view.Text.Contains("unset HISTFILE", StringComparison.Ordinal));

    private static int Depth(string text)
    {
        var (depth, deepest) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(' && i > 0 && text[i - 1] is '$' or '<' or '>')
            {
                deepest = Math.Max(deepest, ++depth);
            }
            else if (text[i] == ')' && depth > 0)
            {
                depth--;
            }
        }

        return deepest;
    }
}
