using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lighthouse.Cli;

/// <summary>A command with one line for the list of commands, and more for its own help.</summary>
internal sealed class DocumentedCommand(string name, string description, string details) : Command(name, description)
{
    /// <summary>Lets the help of documented commands end with their details.</summary>
    public static void ShowDetails(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Help((HelpAction)help.Action!);
    }

    private string Details { get; } = details;

    private sealed class Help(HelpAction standard) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var result = standard.Invoke(parseResult);
            if (parseResult.CommandResult.Command is DocumentedCommand documented)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(documented.Details);
            }

            return result;
        }
    }
}
