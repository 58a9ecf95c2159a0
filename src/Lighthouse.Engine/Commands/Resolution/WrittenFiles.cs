namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Files that the command itself writes before it uses them.</summary>
internal sealed class WrittenFiles
{
    private readonly Dictionary<string, WrittenFile> _files = [];

    public bool Any => _files.Count > 0;

    public void Add(string? workingDirectory, string path, WrittenFile file)
    {
        var key = Key(workingDirectory, path);
        if (_files.TryGetValue(key, out var before))
        {
            file = new WrittenFile(file.Origin | before.Origin, null);
        }

        _files[key] = file;
    }

    public WrittenFile? Find(string? workingDirectory, string path) =>
        _files.Count > 0 && _files.TryGetValue(Key(workingDirectory, path), out var file) ? file : null;

    // An unknown directory still lets the same relative name be recognised.
    private static string Key(string? workingDirectory, string path) =>
        Directories.Resolve(workingDirectory ?? (path.StartsWith('~') ? null : "/?"), path) ?? path;
}

/// <param name="Text">The whole content, when known.</param>
internal sealed record WrittenFile(Origin Origin, string? Text)
{
    public Listing? Listing { get; init; }
}
