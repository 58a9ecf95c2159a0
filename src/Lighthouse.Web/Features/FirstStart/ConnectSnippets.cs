namespace Lighthouse.Web.Features.FirstStart;

public sealed record ConnectSnippet(string Host, string Says, string Text);

/// <summary>What one pastes where, so that a host asks Lighthouse before it acts.</summary>
internal static class ConnectSnippets
{
    // Hold of 300 s (the default for Claude Code) and 10 s on top, so that the hook always answers before its host gives up.
    private const int ClaudeTimeoutSeconds = 310;

    public static IReadOnlyList<ConnectSnippet> Of(string server, string? secret)
    {
        var key = secret ?? "<the secret of the key>";
        return
        [
            new("Claude Code", "In .claude/settings.json; start Claude Code with both variables set.",
                $$"""
                export LIGHTHOUSE_URL={{server}}
                export LIGHTHOUSE_KEY={{key}}

                {
                  "hooks": {
                    "PreToolUse": [
                      { "matcher": "*", "hooks": [
                        { "type": "command", "command": "lighthouse hook claude-code", "timeout": {{ClaudeTimeoutSeconds}}, "onFailure": "block" }
                      ] }
                    ]
                  }
                }
                """),
            new("Claude Code, HTTP", "In .claude/settings.json; needs nothing installed beside the agent.",
                $$"""
                {
                  "hooks": {
                    "PreToolUse": [
                      { "matcher": "*", "hooks": [
                        { "type": "http", "url": "{{server}}/api/v1/hooks/claude-code", "timeout": {{ClaudeTimeoutSeconds}}, "onFailure": "block",
                          "headers": { "Authorization": "Bearer {{key}}" } }
                      ] }
                    ]
                  }
                }
                """),
            new("curl", "One question from a shell; try it now.",
                $$"""
                curl -s {{server}}/api/v1/decisions \
                  -H 'Authorization: Bearer {{key}}' -H 'Content-Type: application/json' \
                  -d '{"tool":"Bash","input":{"command":"ls -la"},"workingDirectory":"/tmp"}'
                """),
        ];
    }
}
