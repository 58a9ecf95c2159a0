using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>How long a check may take as a whole: each of its steps has a limit of its own, and there may be hundreds.</summary>
internal sealed class CheckDeadline(TimeProvider time)
{
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    private readonly long _started = time.GetTimestamp();

    public bool IsOver => time.GetElapsedTime(_started) > Within;

    /// <exception cref="CedarException">It is over.</exception>
    public void Ensure()
    {
        if (IsOver)
        {
            throw new CedarException($"it took longer than {Within.TotalSeconds:0} s.") { TimedOut = true };
        }
    }
}
