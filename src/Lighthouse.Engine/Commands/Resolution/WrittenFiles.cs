using Lighthouse.Engine.Commands.Programs;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Files that the command itself writes before it uses them.</summary>
internal sealed class WrittenFiles
{
    private const Origin Foreign = Origin.Network | Origin.Decoded;

    private Dictionary<string, WrittenFile>? _files;
    private Dictionary<string, LoadableFile>? _loadable;

    public bool Any => _files is not null;

    public void Add(string? workingDirectory, string path, WrittenFile file)
    {
        _files ??= [];
        var key = Key(workingDirectory, path);
        if (_files.TryGetValue(key, out var before))
        {
            file = new WrittenFile(file.Origin | before.Origin, null);
        }

        _files[key] = file;
        foreach (var kind in LoadedFiles.KindsOf(path, (file.Origin & Foreign) != 0))
        {
            var loadable = new LoadableFile(path, file.Origin, LoadedFiles.IsSettings(kind, path));
            if ((_loadable ??= []).GetValueOrDefault(kind) is not { } other || loadable.Weight > other.Weight)
            {
                _loadable[kind] = loadable;
            }
        }
    }

    public WrittenFile? Find(string? workingDirectory, string path) =>
        _files is not null && _files.TryGetValue(Key(workingDirectory, path), out var file) ? file : null;

    /// <summary>The file written before that matters most to a program which takes code from files of the kind.</summary>
    public LoadableFile? Loadable(string kind) => kind.Length > 0 ? _loadable?.GetValueOrDefault(kind) : null;

    // An unknown directory still lets the same relative name be recognised.
    private static string Key(string? workingDirectory, string path) =>
        Directories.Resolve(workingDirectory ?? (path.StartsWith('~') ? null : "/?"), path) ?? path;
}

/// <param name="Text">The whole content, when known.</param>
internal sealed record WrittenFile(Origin Origin, string? Text)
{
    public Listing? Listing { get; init; }
    public OutputShape? Shape { get; init; }
}

/// <param name="IsSettings">A program reads it when it starts; else it is one source among others.</param>
internal sealed record LoadableFile(string Path, Origin Origin, bool IsSettings)
{
    public int Weight => ((Origin & (Origin.Network | Origin.Decoded)) != 0 ? 2 : 0) + (IsSettings ? 1 : 0);
}
