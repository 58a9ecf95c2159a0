using System.Security.Cryptography;

namespace Lighthouse.Engine.EventStore.Integrity;

/// <summary>The secret that authenticates the head of the log. It never leaves the data directory.</summary>
internal static class LogKey
{
    public const int Size = 32;

    /// <summary>The key, or null when the file is missing or is not a key.</summary>
    public static byte[]? Find(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.Length == Size ? bytes : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes a new key, readable by its owner only; never replaces one.</summary>
    public static byte[] Create(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        var key = RandomNumberGenerator.GetBytes(Size);
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written aside and moved: a crash leaves no half key, and the move fails when a key appeared meanwhile.
        using (var file = new FileStream(draft, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: false);
        return key;
    }
}
