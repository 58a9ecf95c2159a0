using System.Text.RegularExpressions;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Arguments of clients that speak to a server: what they send, fetch or ask for.</summary>
internal static partial class CloudRoles
{
    public static bool Knows(string role) => role is "daemon" or "mongo" or "mongo-place" or "aws-value" or "kube-path" or "git-refspec" or "lookup";

    public static void Read(string role, Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        switch (role)
        {
            case "aws-value" when text.StartsWith("file://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("fileb://", StringComparison.OrdinalIgnoreCase):
                Sent(word, text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..], sink);
                break;
            case "kube-path" when !word.IsKnown || text.Contains("secret", StringComparison.OrdinalIgnoreCase):
                sink.Add(EffectTerm.Parse("secret: shows secrets of a cluster"));
                break;
            case "git-refspec":
                Refspec(word, text, sink);
                break;
            case "daemon" when word.Text is not "default":
                // The default context is the one that a call without the option speaks to.
                sink.Add(EffectTerm.Parse("infra: speaks to another daemon"));
                break;
            case "mongo" when word.Text is not { } code || !MongoQuery().IsMatch(code) || MongoAction().IsMatch(code):
                sink.Add(EffectTerm.Parse("infra: runs a script against a database"));
                break;
            case "mongo-place" when !word.IsKnown || text.EndsWith(".js", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".mongodb", StringComparison.OrdinalIgnoreCase) || CodeRoles.IsPath(text):
                ArgumentRoles.Execute(word, byShell: false, sink);
                break;
            case "lookup" when !word.IsKnown:
                // dig $x.example: the name itself carries the value to whoever answers for the domain.
                ArgumentRoles.Read("host", word, sink);
                break;
        }
    }

    // The client reads the file and sends what is in it.
    private static void Sent(Word word, string path, ReadingSink sink)
    {
        var file = word with { Text = word.IsKnown ? path : null, Prefix = path };
        ArgumentRoles.Read("read", file, sink);
        if (!word.IsKnown || sink.Paths.PlaceOf(file, sink.Place) is not (Place.Workspace or Place.Temporary or Place.None))
        {
            sink.Add(Effect.NetworkOut, Place.Network, Risk.Medium, $"sends the file {path}", word);
        }
    }

    // +a:b forces b to be a; only names under refs/remotes are copies that the next fetch brings back.
    private static void Refspec(Word word, string text, ReadingSink sink)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text.StartsWith('+') && colon > 0 && !text[(colon + 1)..].StartsWith("refs/remotes/", StringComparison.Ordinal))
        {
            sink.Add(Effect.HistoryRewrite, Place.Workspace, Risk.High, "overwrites local branches", word);
        }
    }

    // One chain of calls that ask, without a call among their arguments.
    [GeneratedRegex("""^\s*((print|printjson|tojson|JSON\.stringify)\(\s*)*db(\.getSiblingDB\(\s*["']\w+["']\s*\))?(\.getCollection\(\s*["'][\w.-]+["']\s*\)|\.\w+)*\.(find|findOne|countDocuments|count|estimatedDocumentCount|distinct|stats|dataSize|storageSize|getIndexes|aggregate|getCollectionNames|getCollectionInfos|getName|version|hello|serverStatus|hostInfo)\([^()`=]*\)(\.(limit|skip|sort|project|count|itcount|size|toArray|pretty|explain|hasNext|next)\([^()`=]*\)|\.length)*\s*\)*\s*;?\s*$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex MongoQuery();

    [GeneratedRegex("""\$(where|function|accumulator|out|merge)\b|\\""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex MongoAction();
}
