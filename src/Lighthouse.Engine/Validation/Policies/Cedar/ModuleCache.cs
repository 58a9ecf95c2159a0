using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Policies.Cedar;

/// <summary>
/// Machine code of the Cedar engine in <c>modules/</c> of the data directory. Loading it is running it, so a file counts only when this
/// installation's own key signed exactly these bytes for exactly this module and runtime; any other file is left unread and replaced.
/// </summary>
internal sealed class ModuleCache(IOptions<LighthouseOptions> options, ILogger<ModuleCache> log)
{
    private const int KeySize = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What a compiled module fits to, beside the module: the runtime that made it.
    private static readonly byte[] Runtime = Encoding.UTF8.GetBytes(
        typeof(Wasmtime.Module).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? typeof(Wasmtime.Module).Assembly.GetName().Version!.ToString());

    private readonly string _folder = Path.Combine(Path.GetFullPath(options.Value.DataDirectory), "modules");

    public string FilePath => Path.Combine(_folder, "cedar.code");
    private string KeyPath => Path.Combine(_folder, "module.key");

    /// <summary>The code kept for this module, or null when there is none that can be trusted.</summary>
    public ReadOnlyMemory<byte>? Find(ReadOnlySpan<byte> identity)
    {
        try
        {
            if (!File.Exists(FilePath) || ReadKey() is not { } key)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(FilePath);
            if (IsForOwnerAlone(FilePath) && bytes.Length > HMACSHA256.HashSizeInBytes
                && CryptographicOperations.FixedTimeEquals(
                    bytes.AsSpan(0, HMACSHA256.HashSizeInBytes), Sign(key, identity, bytes.AsSpan(HMACSHA256.HashSizeInBytes))))
            {
                return bytes.AsMemory(HMACSHA256.HashSizeInBytes);
            }

            log.ModuleCacheUnusable("its signature, owner or mode is not ours");
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.ModuleCacheUnusable(exception.Message);
            return null;
        }
    }

    /// <summary>Keeps the code for the next start. A disk that refuses costs the next start some seconds, nothing else.</summary>
    public void Keep(ReadOnlySpan<byte> identity, byte[] code)
    {
        try
        {
            CreateFolder();
            var key = ReadKey() ?? NewKey();
            Write(FilePath, Sign(key, identity, code), code);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.ModuleNotKept(exception.Message);
        }
    }

    private static byte[] Sign(byte[] key, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> code)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(SHA256.HashData(Runtime));
        hash.AppendData(identity);
        hash.AppendData(code);
        return hash.GetHashAndReset();
    }

    private byte[]? ReadKey()
    {
        if (!File.Exists(KeyPath) || !IsForOwnerAlone(KeyPath))
        {
            return null;
        }

        var key = File.ReadAllBytes(KeyPath);
        return key.Length == KeySize ? key : null;
    }

    private byte[] NewKey()
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        Write(KeyPath, key, []);
        return key;
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            // The mode is that of the last folder alone: a data directory that is made here must not be open to others.
            Directory.CreateDirectory(Path.GetDirectoryName(_folder)!, OwnerOnly | UnixFileMode.UserExecute);
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static bool IsForOwnerAlone(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) == 0;

    // Written aside and moved: a reader sees a whole file or none.
    private static void Write(string path, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        var draft = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(draft, how))
        {
            file.Write(head);
            file.Write(rest);
        }

        File.Move(draft, path, overwrite: true);
    }
}
