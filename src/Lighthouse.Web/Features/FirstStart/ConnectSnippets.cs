namespace Lighthouse.Web.Features.FirstStart;

/// <param name="Pieces">What goes where, in order.</param>
public sealed record ConnectSnippet(string Host, IReadOnlyList<SnippetPiece> Pieces);

public sealed record SnippetPiece(string Where, string Text);

/// <summary>What one pastes where, so that a host asks Lighthouse before it acts.</summary>
internal static class ConnectSnippets
{
    // The default hold for Claude Code is 300 s; 10 s on top, so that the hook always answers before its host gives up.
    private const int ClaudeTimeoutSeconds = 310;

    public static IReadOnlyList<ConnectSnippet> Of(string server, string? secret)
    {
        var key = secret ?? "SECRET";
        return
        [
            new("Claude Code",
            [
                new("In the shell that starts Claude Code",
                    $$"""
                    export LIGHTHOUSE_URL={{server}}
                    export LIGHTHOUSE_KEY={{key}}
                    """),
                new("In .claude/settings.json",
                    $$"""
                    {
                      "hooks": {
                        "PreToolUse": [
                          {
                            "matcher": "*",
                            "hooks": [
                              {
                                "type": "command",
                                "command": "lighthouse hook claude-code",
                                "timeout": {{ClaudeTimeoutSeconds}},
                                "onFailure": "block"
                              }
                            ]
                          }
                        ]
                      }
                    }
                    """),
            ]),
            new("Claude Code over HTTP",
            [
                new("In .claude/settings.json; nothing else is installed",
                    $$"""
                    {
                      "hooks": {
                        "PreToolUse": [
                          {
                            "matcher": "*",
                            "hooks": [
                              {
                                "type": "http",
                                "url": "{{server}}/api/v1/hooks/claude-code",
                                "headers": { "Authorization": "Bearer {{key}}" },
                                "timeout": {{ClaudeTimeoutSeconds}},
                                "onFailure": "block"
                              }
                            ]
                          }
                        ]
                      }
                    }
                    """),
            ]),
            new("curl",
            [
                new("One question, to try it now",
                    $$"""
                    curl -s {{server}}/api/v1/decisions \
                      -H 'Authorization: Bearer {{key}}' \
                      -H 'Content-Type: application/json' \
                      -d '{"tool":"Bash","input":{"command":"ls -la"},"workingDirectory":"/tmp"}'
                    """),
            ]),
        ];
    }
}
