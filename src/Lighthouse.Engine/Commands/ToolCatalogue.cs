using System.Collections.Frozen;

namespace Lighthouse.Engine.Commands;

internal enum ToolKind
{
    Unknown,
    Shell,
    Read,
    List,
    Write,
    Delete,
    Patch,
    Fetch,
    Search,
    ProcessControl,

    /// <summary>Only talks to the host or the human; what a sub-agent then does is asked for itself.</summary>
    Harmless,
    Mcp,
}

/// <summary>The tools of the hosts, by the names under which they ask.</summary>
internal static class ToolCatalogue
{
    private static readonly FrozenDictionary<string, ToolKind> _kinds = Build();

    public static ToolKind KindOf(string tool) =>
        _kinds.TryGetValue(tool, out var kind) ? kind
        : tool.StartsWith("mcp__", StringComparison.Ordinal) || tool.StartsWith("MCP:", StringComparison.Ordinal) ? ToolKind.Mcp
        : ToolKind.Unknown;

    private static FrozenDictionary<string, ToolKind> Build()
    {
        var table = new Dictionary<string, ToolKind>(StringComparer.Ordinal);
        Put(ToolKind.Shell, "Bash bash Shell shell local_shell container.exec exec exec_command run_shell_command run_terminal_cmd run_terminal_command runTerminalCommand execute_command run_command terminal Terminal sh zsh run_in_terminal beforeShellExecution");
        Put(ToolKind.Read, "Read NotebookRead read read_file readFile ReadFile view view_image read_many_files beforeReadFile open_file");
        Put(ToolKind.List, "Glob Grep LS glob grep ls list_dir list_directory file_search grep_search search_file_content codebase_search find_path");
        Put(ToolKind.Write, "Write Edit MultiEdit NotebookEdit write write_file edit edit_file replace create create_file str_replace insert search_replace insert_edit_into_file edit_notebook");
        Put(ToolKind.Delete, "delete_file deleteFile Delete");
        Put(ToolKind.Patch, "apply_patch ApplyPatch");
        Put(ToolKind.Fetch, "WebFetch web_fetch fetch fetch_webpage");
        Put(ToolKind.Search, "WebSearch web_search google_web_search");
        Put(ToolKind.ProcessControl, "KillShell KillBash TaskStop stop_process");
        Put(ToolKind.Harmless, "TodoWrite TodoRead todo_write write_todos update_plan ExitPlanMode EnterPlanMode AskUserQuestion ask_user BashOutput TaskOutput TaskCreate TaskUpdate TaskGet TaskList Task Agent report_intent");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Put(ToolKind kind, string names)
        {
            foreach (var name in names.Split(' '))
            {
                table[name] = kind;
            }
        }
    }
}
