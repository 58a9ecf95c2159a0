using System.Collections.Concurrent;
using System.Text.Json;

namespace Lighthouse.Engine.Commands.Programs;

/// <summary>All programs of the data files by name. An entry is compiled when its program is first met, so that a start costs only the parsing.</summary>
internal sealed class ProgramTable
{
    private const string Prefix = "Lighthouse.Engine.Commands.Programs.Knowledge.";

    private readonly Dictionary<string, JsonElement> _entries = [];
    private readonly Dictionary<string, JsonElement> _gnuEntries = [];
    private readonly ConcurrentDictionary<string, CommandSpec> _compiled = new();
    private readonly Dictionary<string, JsonElement> _fragments = [];
    private readonly SpecReader _reader;

    public ProgramTable()
    {
        _reader = new SpecReader(Resolve, _fragments);
        var assembly = typeof(ProgramTable).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                Add(resource[Prefix.Length..], JsonDocument.Parse(stream).RootElement);
            }
        }
    }

    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>The files by name, with their examples.</summary>
    public Dictionary<string, JsonElement> Families { get; } = [];

    public CommandSpec? Find(string name)
    {
        if (_compiled.TryGetValue(name, out var spec))
        {
            return spec;
        }

        return _entries.TryGetValue(name, out var entry) || _gnuEntries.TryGetValue(name, out entry) ? _compiled.GetOrAdd(name, _reader.Read(name, entry, null)) : null;
    }

    private CommandSpec? Resolve(string path)
    {
        var words = path.Split(' ');
        var spec = Find(words[0]);
        foreach (var word in words[1..])
        {
            spec = spec?.Subcommand(word);
        }

        return spec;
    }

    private void Add(string family, JsonElement file)
    {
        Families[family] = file;
        var gnu = file.TryGetProperty("gnu", out var flag) && flag.GetBoolean();
        if (file.TryGetProperty("fragments", out var fragments))
        {
            foreach (var fragment in fragments.EnumerateObject())
            {
                _fragments.Add(fragment.Name, fragment.Value);
            }
        }

        foreach (var program in file.GetProperty("programs").EnumerateObject())
        {
            foreach (var name in program.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!_entries.TryAdd(name, program.Value))
                {
                    throw new InvalidDataException($"{name} is described twice; the second time in {family}.");
                }

                // Homebrew installs GNU programs beside the system's with a g in front.
                if (gnu)
                {
                    _gnuEntries.TryAdd("g" + name, program.Value);
                }
            }
        }
    }
}
