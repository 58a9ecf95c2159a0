using System.CommandLine;
using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Cli.Load;

internal static class LoadCommand
{
    public static Command Create()
    {
        var server = new Option<string>("--server")
        {
            Description = "The server under load.",
            HelpName = "URL",
            DefaultValueFactory = static _ => ServerSettings.Url,
        };
        var operatorKey = new Option<string>("--operator-key")
        {
            Description = "An API key of role operator: it makes the virtual agents and reads the log.",
            HelpName = "KEY",
            Required = true,
        };
        var agents = Positive("--agents", "Virtual agents, each with a connection of its own.", 100);
        var seconds = Positive("--seconds", "How long to send.", 30);
        var rate = Positive("--rate", "Requests a second, all agents together.", 100);
        var json = new Option<bool>("--json") { Description = "Print nothing but one line of JSON." };
        var command = new DocumentedCommand(
            "load",
            "Put a server under load with virtual agents over real connections, and check every answer: the verdict, and that the log has it.",
            """
            Each agent connects and asks once before the clock starts. Then requests are due at fixed moments, and latency counts from then. 70% of the commands are safe, 20% risky, 10% compound.
            Exit code 1: an error, a wrong verdict or a lost decision. Exit code 3: the server cannot be reached.
            """) { server, operatorKey, agents, seconds, rate, json };
        command.SetAction((result, cancellationToken) =>
        {
            var address = ServerSettings.Parse(result.GetRequiredValue(server));
            if (address is null)
            {
                Console.Error.WriteLine("--server is an http or https address.");
                return Task.FromResult(ExitCodes.Usage);
            }

            var plan = new LoadPlan(
                address, result.GetRequiredValue(operatorKey), result.GetValue(agents), result.GetValue(seconds), result.GetValue(rate));
            return RunAsync(plan, result.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(LoadPlan plan, bool json, CancellationToken cancellationToken)
    {
        try
        {
            Action<string> tell = json ? static _ => { } : Console.WriteLine;
            var report = await new LoadRun(plan, TimeProvider.System, tell).RunAsync(cancellationToken);
            tell($"{(report.Holds ? "Every answer was right and is in the log." : "Not every answer was right.")} P50 {report.P50Ms} ms, P99 {report.P99Ms} ms");
            Console.WriteLine(JsonSerializer.Serialize(report, Shape));
            return report.Holds ? ExitCodes.Fine : ExitCodes.Found;
        }
        catch (HttpRequestException unreachable)
        {
            Console.Error.WriteLine($"{plan.Server} cannot be reached: {unreachable.Message}");
            return ExitCodes.Unreachable;
        }
        catch (LighthouseException refused)
        {
            Console.Error.WriteLine($"The server refused ({refused.Code}): {refused.Message}");
            return refused.Code is ErrorCodes.Unauthenticated or ErrorCodes.Forbidden ? ExitCodes.Usage : ExitCodes.Unreachable;
        }
    }

    // Absent figures are null here: a reader of the line finds every key.
    private static readonly JsonSerializerOptions Shape = new(LighthouseJson.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never,
    };

    private static Option<int> Positive(string name, string description, int standard)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < 1)
            {
                result.AddError(name + " is at least 1.");
            }
        });
        return option;
    }
}
