namespace Lighthouse.Web.Security.Http;

/// <summary>
/// Decides which refusals of strangers are logged: one line a minute for each name, and a bounded number of names, so that nobody without a
/// key can flood the log. What is left out is counted and said with the next line.
/// </summary>
internal sealed class RefusalLines(TimeProvider time)
{
    public const int MostNames = 16;
    private const string Others = "(other names)";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long At, long Unsaid)> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="name">Who was refused, already printable.</param>
    /// <param name="unsaid">Refusals without a line since the last one of this name.</param>
    /// <returns>The name to write; null when nothing is to be written now.</returns>
    public string? Take(string name, out long unsaid)
    {
        var now = time.GetTimestamp();
        unsaid = 0;
        lock (_lock)
        {
            var known = _names.ContainsKey(name) || HasRoom_NeedsLock(now) ? name : Others;
            if (!_names.TryGetValue(known, out var line) || time.GetElapsedTime(line.At, now) >= Every)
            {
                _names[known] = (now, 0);
                unsaid = line.Unsaid;
                return known;
            }

            _names[known] = (line.At, line.Unsaid + 1);
            return null;
        }
    }

    /// <summary>Names that were quiet for a minute make room; what they had left unsaid goes on as that of the others.</summary>
    private bool HasRoom_NeedsLock(long now)
    {
        if (_names.Count < MostNames)
        {
            return true;
        }

        var late = _names.Where(one => one.Key != Others && time.GetElapsedTime(one.Value.At, now) >= Every).ToList();
        foreach (var (name, line) in late)
        {
            _names.Remove(name);
            if (line.Unsaid > 0)
            {
                var (at, before) = _names.GetValueOrDefault(Others, (line.At, 0));
                _names[Others] = (at, before + line.Unsaid);
            }
        }

        return _names.Count < MostNames;
    }
}
