using System.Security.Cryptography;

namespace Lighthouse.Engine.Platform;

/// <summary>A random secret in a file that only its owner can read.</summary>
internal static class SecretFile
{
    public const int Size = 32;

    /// <summary>The secret of the file; made once when there is no file. Two processes that start at the same moment end with the same one.</summary>
    /// <exception cref="InvalidDataException">The file is not a secret of this size.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        var bytes = File.ReadAllBytes(path);
        return bytes.Length == Size ? bytes : throw new InvalidDataException($"{path} does not hold {Size} bytes; remove it, and a new one is made.");
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written aside and moved: a crash leaves no half secret, and the move fails when one appeared meanwhile.
        var draft = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Size));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
