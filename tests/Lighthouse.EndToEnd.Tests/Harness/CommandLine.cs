using System.Diagnostics;

namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>The real <c>lighthouse</c> program.</summary>
internal static class CommandLine
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static Task<Result> RunAsync(params string[] arguments) => RunAsync(null, null, null, arguments);

    /// <summary>With the environment that a hook has.</summary>
    public static Task<Result> HookAsync(Tower tower, string input, params string[] options) =>
        RunAsync(input, tower.Url, Tower.AgentKey, ["hook", "claude-code", .. options]);

    /// <summary>With a data directory of its own.</summary>
    public static Task<Result> RunInAsync(string dataDirectory, params string[] arguments) => RunAsync(null, null, null, dataDirectory, arguments);

    public static Task<Result> RunAsync(string? input, Uri? server, string? key, params string[] arguments) => RunAsync(input, server, key, null, arguments);

    private static async Task<Result> RunAsync(string? input, Uri? server, string? key, string? dataDirectory, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Built.CommandLine, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LIGHTHOUSE_URL"] = server?.AbsoluteUri ?? "";
        start.Environment["LIGHTHOUSE_KEY"] = key ?? "";
        if (dataDirectory is not null)
        {
            start.Environment["Lighthouse__DataDirectory"] = dataDirectory;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Result(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
