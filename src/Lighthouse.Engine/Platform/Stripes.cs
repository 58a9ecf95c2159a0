using System.Numerics;

namespace Lighthouse.Engine.Platform;

/// <summary>How many ways a counter is split, and which part belongs to the running processor.</summary>
internal static class Stripes
{
    /// <summary>A power of two. More than processors, since a container may own processors whose numbers share low bits.</summary>
    public static readonly int Count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount * 2, 4, 16));

    public static int Current => Thread.GetCurrentProcessorId() & (Count - 1);
}
