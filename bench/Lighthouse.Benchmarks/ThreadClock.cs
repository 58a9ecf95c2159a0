using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lighthouse.Benchmarks;

/// <summary>The processor time of the running thread on Linux: what other programs do meanwhile is no part of it. Elsewhere the wall clock.</summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    public static double Microseconds() => OperatingSystem.IsLinux() && GetTime(ThreadProcessorTime, out var time) == 0
        ? (time.Seconds * 1e6) + (time.Nanoseconds / 1e3)
        : Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
