using System.Runtime.InteropServices;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Tiers.Memory;
using Microsoft.Extensions.Options;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>
/// A thousand ordinary requests in a fixed random order. The memory tier builds its key from the request; every other contender gets the same
/// text as a string that was made beforehand: tool, directory and input, without the scope.
/// </summary>
internal sealed class WorkingSet
{
    public const int Size = 1_024;

    public WorkingSet()
    {
        var random = new Random(1);
        Commands = [.. Enumerable.Range(0, Size).Select(i => $"git -C services/{i % 37} log --oneline -n {i} -- src/file{random.Next(1000)}.cs")];
        Requests = [.. Commands.Select(command => new DecisionRequest
        {
            Tool = "Bash",
            Input = JsonSerializer.SerializeToElement(new { command }),
            WorkingDirectory = "/home/dev/project",
        })];
        Keys = [.. Requests.Select(static one => $"{one.Tool}|{one.WorkingDirectory}|{one.Input.GetRawText()}")];
        ArrivedKeys = Copies(Keys);
        ArrivedCommands = Copies(Commands);
        Order = [.. Enumerable.Range(0, 1 << 16).Select(_ => random.Next(Size))];
        Cache = new DecisionCache(Options.Create(new MemoryTierOptions()), TimeProvider.System, new SeededFingerprinter());
        foreach (var request in Requests)
        {
            Cache.Set(KeyOf(request), TimeProvider.System.GetTimestamp(), Answer);
        }
    }

    public static CachedDecision Answer { get; } = new() { Verdict = Verdict.Allow, Reason = "reads inside the workspace", Risk = Risk.Low };

    public DecisionScope Scope { get; } = new("guarded", "/home/dev/project", "/home/dev");
    public string[] Commands { get; }
    public DecisionRequest[] Requests { get; }
    public string[] Keys { get; }

    /// <summary>The same texts in other objects: what arrives is never the object that was stored, and a look-up has to compare.</summary>
    public string[] ArrivedKeys { get; }
    public string[] ArrivedCommands { get; }
    public int[] Order { get; }
    public DecisionCache Cache { get; }

    public DecisionKeyText KeyOf(DecisionRequest request) =>
        new(request.Tool, JsonMarshal.GetRawUtf8Value(request.Input), request.WorkingDirectory, Scope);

    /// <summary>Where a thread begins in the order, so that threads do not walk in step.</summary>
    public static int Start(int thread) => thread * 7_919;

    private static string[] Copies(string[] texts) => [.. texts.Select(static one => new string(one.AsSpan()))];
}
