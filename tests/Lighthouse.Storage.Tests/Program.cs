using Lighthouse.Storage.Tests.EventStore;
using Lighthouse.Storage.Tests.Validation;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Lighthouse.Storage.Tests;

internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [CrashTarget.Argument, var directory] => CrashTarget.RunAsync(directory),
        [Throughput.Argument, var events] => Throughput.PrintAsync(int.Parse(events)),
        [Throughput.Argument, var rate, var seconds] => Throughput.PrintOfferedAsync(int.Parse(rate), int.Parse(seconds)),
        [SearchSpeed.Argument, var decisions] => SearchSpeed.PrintAsync(int.Parse(decisions)),
        _ when args.Contains("--server") => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
