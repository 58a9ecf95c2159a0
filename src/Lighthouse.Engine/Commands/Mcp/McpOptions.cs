using Lighthouse.Engine.Commands.Programs;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Commands.Mcp;

/// <summary>Section <c>Lighthouse:Mcp</c>: what the operator says that tools of MCP servers do.</summary>
public sealed class McpOptions
{
    /// <summary>A tool that none of these names is unknown, whatever its server says of it.</summary>
    public IList<McpToolOptions> Tools { get; } = [];
}

/// <summary>One declaration of the operator.</summary>
public sealed class McpToolOptions
{
    /// <summary>The server's name as the host knows it: <c>github</c> of <c>mcp__github__get_issue</c>.</summary>
    public string Server { get; set; } = "";

    /// <summary>The tool's name, or a pattern of several: <c>get_*</c>.</summary>
    public string Tool { get; set; } = "";

    /// <summary>An effect in the words of the program knowledge: <c>net: reads issues</c>, <c>write</c>, <c>infra: changes a ticket</c>.</summary>
    public string Effect { get; set; } = "";
}

internal sealed class McpOptionsCheck : IValidateOptions<McpOptions>
{
    public ValidateOptionsResult Validate(string? name, McpOptions options)
    {
        for (var i = 0; i < options.Tools.Count; i++)
        {
            var (key, tool) = ($"Lighthouse:Mcp:Tools:{i}", options.Tools[i]);
            if (tool.Server.Length == 0 || tool.Tool.Length == 0 || tool.Server.AsSpan().IndexOfAny("*?\\") >= 0)
            {
                // Any server may call itself anything: a declaration has to name the one it trusts.
                return ValidateOptionsResult.Fail($"{key} needs the exact name of a server and the name or pattern of a tool.");
            }

            try
            {
                _ = EffectTerm.Parse(tool.Effect);
            }
            catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
            {
                return ValidateOptionsResult.Fail($"{key}:Effect is '{tool.Effect}', which does not begin with an effect such as read, net, write, send, delete or infra.");
            }
        }

        return ValidateOptionsResult.Success;
    }
}
