using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>What prints the variables of the shell: all of them, or one whose name says that it is a secret.</summary>
internal static class Dumps
{
    private static readonly string[] _secrets = ["TOKEN", "SECRET", "PASSW", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE", "CREDENTIAL", "AUTH"];

    public static Origin Of(string program, List<Word> arguments) => Path.GetFileName(program.AsSpan()) switch
    {
        "history" => Origin.Environment,
        "env" or "set" => arguments.TrueForAll(static word => word.Text is "-0" or "--null" or "-") ? Origin.Environment : Origin.None,
        "printenv" => arguments.Exists(static word => word.Text is null || IsSecret(word.Text)) ? Origin.Secret
            : arguments.TrueForAll(static word => word.Text is ['-', ..]) ? Origin.Environment : Origin.None,
        "export" or "declare" or "typeset" or "readonly" => arguments.TrueForAll(static word => word.Text is ['-' or '+', ..]) ? Origin.Environment
            : arguments.Exists(static word => word.Text is ['-', .., 'p']) && arguments.Exists(static word => word.Text is { } name && IsSecret(name)) ? Origin.Secret : Origin.None,
        _ => Origin.None,
    };

    private static bool IsSecret(string name) => Array.Exists(_secrets, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
