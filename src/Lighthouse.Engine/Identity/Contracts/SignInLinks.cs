using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Identity.Contracts;

/// <summary>
/// One-time sign-in links. The data directory holds only the hash of a link's token, so that reading it gives no way in; whoever can
/// write there may create one: that is how <c>lighthouse admin link</c> proves that it runs on the host.
/// </summary>
public static class SignInLinks
{
    public const string Path = "/sign-in/link";
    private const string Folder = "sign-in-links";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(1);

    /// <param name="user">Name of the human who signs in with it; null = the administrator, whoever that is.</param>
    /// <returns>The token: valid for <see cref="Lifetime"/>, for one use, and nowhere stored.</returns>
    public static string Create(string dataDirectory, TimeProvider time, string? user = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        var folder = System.IO.Path.Combine(dataDirectory, Folder);
        CreateFolder(folder);
        RemoveExpired(folder, time);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(FileOf(dataDirectory, token), options);
        JsonSerializer.Serialize(file, new SignInLink(user, time.GetUtcNow() + Lifetime), LighthouseJson.Options);
        return token;
    }

    /// <summary>Looks without using the link up. Null: unknown, used or expired.</summary>
    public static SignInLink? Find(string dataDirectory, string token, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Read(FileOf(dataDirectory, token), time);
    }

    /// <summary>Uses the link up; of several callers exactly one gets it. Null: unknown, used or expired.</summary>
    public static SignInLink? Consume(string dataDirectory, string token, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var file = FileOf(dataDirectory, token);
        // Deleting a file that is gone already succeeds; renaming one does not, so the rename decides who was first.
        var taken = file + "." + Guid.NewGuid().ToString("N") + ".used";
        try
        {
            File.Move(file, taken);
        }
        catch (IOException)
        {
            return null;
        }

        var link = Read(taken, time);
        File.Delete(taken);
        return link;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static void RemoveExpired(string folder, TimeProvider time)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (Read(file, time) is null)
            {
                File.Delete(file);
            }
        }
    }

    private static SignInLink? Read(string file, TimeProvider time)
    {
        try
        {
            var link = JsonSerializer.Deserialize<SignInLink>(File.ReadAllBytes(file), LighthouseJson.Options);
            return link is not null && link.ExpiresAt > time.GetUtcNow() && link.ExpiresAt <= time.GetUtcNow() + Lifetime ? link : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The file's name is the token's hash: no part of a request ever becomes a path.
    private static string FileOf(string dataDirectory, string token) =>
        System.IO.Path.Combine(dataDirectory, Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
}

/// <param name="User">Null = the administrator.</param>
public sealed record SignInLink(string? User, DateTimeOffset ExpiresAt);
