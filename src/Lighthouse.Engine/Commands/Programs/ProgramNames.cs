namespace Lighthouse.Engine.Commands.Programs;

/// <summary>From the word in command position to the name that the data files use.</summary>
internal static class ProgramNames
{
    private static readonly string[] SystemDirectories =
    [
        "/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/usr/sbin/", "/usr/local/sbin/", "/opt/homebrew/bin/", "/opt/homebrew/sbin/",
        "/usr/libexec/", "/snap/bin/", "/run/current-system/sw/bin/",
    ];

    /// <summary>Null when the word is a path into a directory that does not hold the system's programs.</summary>
    public static string? Of(string word)
    {
        if (!word.Contains('/'))
        {
            return word.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? word[..^4] : word;
        }

        foreach (var directory in SystemDirectories)
        {
            if (word.StartsWith(directory, StringComparison.Ordinal) && word.IndexOf('/', directory.Length) < 0)
            {
                return word[directory.Length..];
            }
        }

        return null;
    }

    /// <summary><c>python3.12</c> and <c>gcc-14</c> are python and gcc.</summary>
    public static string WithoutVersion(string name)
    {
        var end = name.Length;
        while (end > 0 && (char.IsAsciiDigit(name[end - 1]) || name[end - 1] == '.'))
        {
            end--;
        }

        return end > 1 && end < name.Length ? name[..end].TrimEnd('-') : name;
    }
}
