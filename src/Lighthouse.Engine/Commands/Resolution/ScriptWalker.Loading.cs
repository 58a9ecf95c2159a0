using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    /// <summary>
    /// A checker or formatter only looks, and yet runs what its settings say. Settings that the same script wrote are as good as
    /// code that it runs; what it downloaded besides may be what they name.
    /// </summary>
    private void NoteLoaded(ProgramReading reading, string name, Call call, Surroundings around)
    {
        if (!_written.Any)
        {
            return;
        }

        if (_written.Loadable(reading.Loads) is { } file)
        {
            Dynamic(file.IsSettings ? file.Origin : Origin.None, call.Start, call.Length, file.Path, $"lets {name} take code from {file.Path}, which was just written");
        }

        foreach (var library in reading.Libraries)
        {
            var path = library.Replace('.', '/');
            var top = path.Split('/')[0];
            foreach (var candidate in (ReadOnlySpan<string>)[top + ".py", top + "/__init__.py", path + ".py", path + "/__main__.py"])
            {
                if (_written.Find(around.State.WorkingDirectory, candidate) is { } written)
                {
                    Dynamic(written.Origin, call.Start, call.Length, candidate, $"loads the library {library} from {candidate}, which was just written");
                    return;
                }
            }
        }
    }
}
