namespace Lighthouse.Engine.EventStore;

/// <summary>The names inside the data directory.</summary>
internal sealed class DataFiles(string directory)
{
    public string Directory { get; } = Path.GetFullPath(directory);
    public string Log => Path.Combine(Directory, "lighthouse.db");
    public string LogKey => Path.Combine(Directory, "keys", "log.key");
    public string Lock => Path.Combine(Directory, "lighthouse.lock");
}
