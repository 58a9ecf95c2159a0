using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands;
using Lighthouse.Engine.Commands.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Commands.Analyser;

internal static class Analysing
{
    public static ICommandAnalyser Analyser { get; } = new ServiceCollection().AddCommands().BuildServiceProvider().GetRequiredService<ICommandAnalyser>();

    public static ICommandExplainer Explainer { get; } = (ICommandExplainer)Analyser;

    public static ActionPlace Place { get; } = new("/home/dev/app", "/home/dev/app", "/home/dev", ["/home/dev/.lighthouse"], ["localhost:5080"]);

    public static Analysis Command(string command) => Tool("Bash", new { command });

    public static Analysis Tool(string tool, object? input) =>
        Analyser.Analyse(new DecisionRequest { Tool = tool, Input = JsonSerializer.SerializeToElement(input) }, Place);
}
