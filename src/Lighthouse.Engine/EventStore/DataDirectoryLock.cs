using Lighthouse.Contracts;

namespace Lighthouse.Engine.EventStore;

/// <summary>
/// One Lighthouse per data directory. The system releases the lock when the process ends, however it ends; the file itself stays.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    public static DataDirectoryLock Take(DataFiles files)
    {
        Prepare(files);
        try
        {
            return new DataDirectoryLock(new FileStream(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new LighthouseException(
                ErrorCodes.Conflict,
                $"The data directory {files.Directory} is in use by another Lighthouse. Stop that one, or set Lighthouse:DataDirectory to another directory.",
                inner: exception);
        }
    }

    public void Dispose() => _file.Dispose();

    private static bool IsHome(string directory) =>
        string.Equals(directory.TrimEnd('/'), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile).TrimEnd('/'), StringComparison.Ordinal);

    private static void Prepare(DataFiles files)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(files.Directory);
            return;
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(files.Directory, owner);
        // An existing directory is closed to others unless it is visibly somebody else's: it may have been configured by mistake.
        var mode = File.GetUnixFileMode(files.Directory);
        var shared = mode.HasFlag(UnixFileMode.StickyBit) || IsHome(files.Directory);
        var ours = File.Exists(files.Log) || Directory.EnumerateFileSystemEntries(files.Directory).All(e => Path.GetFileName(e) == "keys");
        if (ours && !shared && mode != owner)
        {
            File.SetUnixFileMode(files.Directory, owner);
        }
    }
}
