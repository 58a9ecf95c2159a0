using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Cli.Local;

/// <summary>Custom policies in a file: Cedar text, or a JSON document with <c>text</c> and <c>examples</c>.</summary>
internal static class PolicyFile
{
    /// <summary>False, and the reason on the error output, where the file is no valid policy set: a verdict without it would be another one.</summary>
    public static async Task<bool> UseAsync(ILocalGate gate, FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Length > MostBytes)
            {
                throw new IOException($"{file.Name} is larger than {MostBytes / 1024} kB.");
            }

            var check = await gate.UseAsync(await ReadAsync(file, cancellationToken), cancellationToken);
            foreach (var one in check.Diagnostics)
            {
                var place = one.Line > 0 ? $"{file.Name}:{one.Line}:{one.Column}" : file.Name;
                await Console.Error.WriteLineAsync(TerminalText.OneLine($"{place}: {(one.Severity == PolicySeverity.Error ? "error" : "warning")}: {one.Message}"));
            }

            return check.Valid;
        }
        catch (Exception exception) when (exception is LighthouseException or IOException or UnauthorizedAccessException or JsonException)
        {
            await Console.Error.WriteLineAsync(TerminalText.OneLine(exception.Message));
            return false;
        }
    }

    public static string Judges(string profile, FileInfo? file) =>
        $"by profile {profile}, {(file is null ? "no custom policies" : "the policies of " + file.Name)} and the risk patterns";

    // Text and examples, with room for the JSON around them.
    private const int MostBytes = 4 * PolicySetLimits.TextBytes;

    private static async Task<PolicySetDocument> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(file.FullName, cancellationToken);
        return string.Equals(file.Extension, ".json", StringComparison.OrdinalIgnoreCase)
            ? JsonSerializer.Deserialize<PolicySetDocument>(text, LighthouseJson.Options) ?? throw new JsonException($"{file.Name} holds no policy set.")
            : new PolicySetDocument { Text = text };
    }
}
