using System.Diagnostics;
using System.Text;

namespace Lighthouse.Engine.Tests.Commands.Syntax;

/// <summary>The programs whose judgement the parser is compared with. <c>./test</c> installs them.</summary>
internal static class OtherShells
{
    private const string Checker = """
        while IFS= read -r -d '' script; do
          message=$(bash -O extglob -n -c "$script" 2>&1 </dev/null); code=$?
          printf '%s\0%s\0' "$code" "$message"
        done
        """;

    /// <summary>Null for a script that bash accepts, else what it says; a warning about a here-document is no refusal.</summary>
    public static string?[] BashRefusals(IReadOnlyList<string> scripts)
    {
        var output = Run("bash", ["-c", Checker], string.Concat(scripts.Select(script => script + "\0"))).Output.Split('\0');
        var refusals = new string?[scripts.Count];
        for (var i = 0; i < scripts.Count; i++)
        {
            var message = output[(2 * i) + 1];
            var errors = message.Contains("error", StringComparison.Ordinal) || message.Contains("unexpected", StringComparison.Ordinal) || message.Contains("expected", StringComparison.Ordinal);
            refusals[i] = output[2 * i] == "0" && !errors ? null : message.Length > 0 ? message : "exit " + output[2 * i];
        }

        return refusals;
    }

    /// <summary>The tree as JSON; null where shfmt refuses.</summary>
    public static string? ShfmtTree(string script)
    {
        var (code, output) = Run("shfmt", ["-ln", "bash", "-tojson"], script);
        return code == 0 ? output : null;
    }

    private static (int Code, string Output) Run(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var writer = Task.Run(() =>
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        });
        var output = process.StandardOutput.ReadToEnd();
        writer.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
