using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text.Json;
using Lighthouse.Engine.Commands.Programs;

namespace Lighthouse.Engine.Commands.Mcp;

/// <summary>The operator's declarations, ready for look-up. An exact name stands alone; of patterns all that match count.</summary>
internal sealed class McpDeclarations
{
    private readonly Dictionary<string, List<EffectTerm>> _exact = new(StringComparer.Ordinal);
    private readonly List<(string Server, string Pattern, EffectTerm Effect)> _patterns = [];

    public McpDeclarations(McpOptions options)
    {
        Digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(options.Tools)));
        foreach (var declared in options.Tools)
        {
            var name = $"mcp__{declared.Server}__{declared.Tool}";
            var effect = EffectTerm.Parse(declared.Effect);
            if (declared.Tool.AsSpan().IndexOfAny('*', '?') >= 0)
            {
                _patterns.Add(($"mcp__{declared.Server}__", declared.Tool, effect));
            }
            else if (_exact.TryGetValue(name, out var several))
            {
                several.Add(effect);
            }
            else
            {
                _exact.Add(name, [effect]);
            }
        }
    }

    public string Digest { get; }

    public static McpDeclarations None { get; } = new(new McpOptions());

    /// <summary>Empty where the operator said nothing.</summary>
    public IReadOnlyList<EffectTerm> Of(string tool)
    {
        if (_exact.TryGetValue(tool, out var exact))
        {
            return exact;
        }

        var found = new List<EffectTerm>();
        foreach (var (server, pattern, effect) in _patterns)
        {
            // mcp__a__b__c may be the tool c of a server a__b, which nobody declared.
            if (tool.StartsWith(server, StringComparison.Ordinal) && !tool.AsSpan(server.Length).Contains("__", StringComparison.Ordinal)
                && FileSystemName.MatchesSimpleExpression(pattern, tool.AsSpan(server.Length), ignoreCase: false))
            {
                found.Add(effect);
            }
        }

        return found;
    }
}
