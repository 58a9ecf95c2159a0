using System.Collections.Frozen;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <param name="IsCommand">The value is a command line that programs run.</param>
/// <param name="IsSearchPath">The value is a directory that code is loaded from; the workspace's own is no surprise.</param>
internal sealed record EnvironmentDanger(string Why, bool IsCommand = false, bool IsSearchPath = false);

/// <summary>Variables that make other programs run code.</summary>
internal static class EnvironmentDangers
{
    private static readonly EnvironmentDanger _command = new("makes programs run this command", IsCommand: true);
    private static readonly EnvironmentDanger _library = new("makes every program load this code");
    private static readonly EnvironmentDanger _startup = new("makes every shell run this");
    private static readonly EnvironmentDanger _runtime = new("changes what a language runtime runs");
    private static readonly EnvironmentDanger _module = new("makes a language runtime load code from there", IsSearchPath: true);
    private static readonly EnvironmentDanger _options = new("adds options to a program that may make it run code");
    private static readonly EnvironmentDanger _search = new("changes which programs a name stands for");

    private static readonly FrozenDictionary<string, EnvironmentDanger> _variables = Build();

    private static readonly FrozenSet<string> _ordinaryDirectories = new[]
    {
        "$PATH", "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin", "/snap/bin", "/usr/local/go/bin",
    }.ToFrozenSet();

    public static EnvironmentDanger? Of(string name, Word value)
    {
        if (!_variables.TryGetValue(name, out var danger))
        {
            if (name.StartsWith("DYLD_", StringComparison.Ordinal))
            {
                return _library;
            }

            return name.StartsWith("GIT_CONFIG", StringComparison.Ordinal) || name.StartsWith("npm_config_", StringComparison.OrdinalIgnoreCase) ? _options : null;
        }

        if (value.Text is { Length: 0 })
        {
            return null;
        }

        if (ReferenceEquals(danger, _search) && IsOrdinaryPath(value))
        {
            return null;
        }

        return name == "NODE_OPTIONS" && value.Text is { } options && IsOrdinaryNode(options) ? null : danger;
    }

    // $PATH itself is unknown, so the source is read instead of the value.
    private static bool IsOrdinaryPath(Word value)
    {
        var raw = value.Raw.AsSpan().Trim("\"'");
        foreach (var range in raw.Split(':'))
        {
            var entry = raw[range];
            var text = entry is "${PATH}" ? "$PATH" : entry.TrimEnd('/').ToString();
            if (!_ordinaryDirectories.Contains(text))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOrdinaryNode(string options)
    {
        foreach (var option in options.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!option.StartsWith("--max-old-space-size=", StringComparison.Ordinal)
                && option is not ("--no-warnings" or "--no-deprecation" or "--trace-warnings" or "--trace-deprecation" or "--experimental-vm-modules" or "--openssl-legacy-provider" or "--enable-source-maps" or "--no-experimental-fetch" or "--experimental-strip-types"))
            {
                return false;
            }
        }

        return true;
    }

    private static FrozenDictionary<string, EnvironmentDanger> Build()
    {
        var table = new Dictionary<string, EnvironmentDanger>();
        Put(_search, "PATH CDPATH fpath FPATH");
        Put(_library, "LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT GCONV_PATH LIBRARY_PATH");
        Put(_startup, "BASH_ENV ENV ZDOTDIR PROMPT_COMMAND PS4 SHELLOPTS BASHOPTS");
        Put(_command, "GIT_SSH_COMMAND GIT_SSH GIT_EXTERNAL_DIFF GIT_PAGER GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_ASKPASS GIT_PROXY_COMMAND PAGER MANPAGER SYSTEMD_PAGER LESSOPEN LESSCLOSE EDITOR VISUAL FCEDIT BROWSER SSH_ASKPASS SUDO_ASKPASS RSYNC_RSH CVS_RSH SVN_SSH FZF_DEFAULT_COMMAND RUSTC_WRAPPER RUSTC CARGO_BUILD_RUSTC_WRAPPER MAKESHELL GH_PAGER AWS_PAGER BAT_PAGER DELTA_PAGER PSQL_PAGER PSQL_EDITOR KUBE_EDITOR SUDO_EDITOR SYSTEMD_EDITOR HGEDITOR SVN_EDITOR DOCKER_CLI_PAGER");
        Put(_runtime, "PYTHONSTARTUP PYTHONHOME PERL5OPT PERL5DB RUBYOPT NODE_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS PYTHONINSPECT PYTHONBREAKPOINT BUN_OPTIONS DENO_DIR LUA_INIT PHP_INI_SCAN_DIR PHPRC");
        Put(_module, "PYTHONPATH PERL5LIB PERLLIB RUBYLIB NODE_PATH GEM_PATH CLASSPATH LUA_PATH LUA_CPATH PHP_INCLUDE_PATH");
        Put(_options, "TAR_OPTIONS RIPGREP_CONFIG_PATH FZF_DEFAULT_OPTS FZF_DEFAULT_OPTS_FILE MAKEFLAGS GNUMAKEFLAGS MFLAGS RSYNC_CONNECT_PROG MAVEN_OPTS MAVEN_ARGS GRADLE_OPTS GIT_EXEC_PATH GIT_TEMPLATE_DIR GIT_DIR GIT_WORK_TREE CURL_HOME WGETRC HGRCPATH ANSIBLE_CONFIG SSH_SK_PROVIDER");
        return table.ToFrozenDictionary();

        void Put(EnvironmentDanger danger, string names)
        {
            foreach (var name in names.Split(' '))
            {
                table[name] = danger;
            }
        }
    }
}
