using System.Numerics;

namespace Lighthouse.Engine.Platform;

/// <summary>How many ways a counter is split, and which part belongs to the running thread.</summary>
internal static class Stripes
{
    /// <summary>A power of two. More than processors, so that two threads that run at the same moment rarely share one.</summary>
    public static readonly int Count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount * 4, 8, 16));

    private static int s_given;

    // Zero until given: asking the system for the processor's number costs more than counting.
    [ThreadStatic]
    private static int t_stripe;

    public static int Current
    {
        get
        {
            var stripe = t_stripe;
            return stripe != 0 ? stripe - 1 : Give();
        }
    }

    private static int Give()
    {
        var stripe = Interlocked.Increment(ref s_given) & (Count - 1);
        t_stripe = stripe + 1;
        return stripe;
    }
}
