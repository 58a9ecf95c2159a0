using System.CommandLine;
using System.CommandLine.Invocation;
using Lighthouse.Cli;
using Lighthouse.Cli.Admin;
using Lighthouse.Cli.Hooks;
using Lighthouse.Cli.Load;
using Lighthouse.Cli.Local;

var root = new RootCommand("Lighthouse, the control tower for AI agents.")
{
    HookCommand.Create(),
    DecideCommand.Create(),
    ScoreCommand.Create(),
    VerifyCommand.Create(),
    AdminCommand.Create(),
    LoadCommand.Create(),
};
DocumentedCommand.ShowDetails(root);
var parsed = root.Parse(args is [] ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Action is ParseErrorAction complaint)
{
    // Standard output belongs to answers: a host reads it as JSON.
    complaint.ShowHelp = false;
    await parsed.InvokeAsync(new InvocationConfiguration { Output = Console.Error });
    Console.Error.WriteLine("lighthouse --help lists the commands, lighthouse <command> --help their options.");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception)
{
    // Whatever this is, a host must not read it as "go on": 2 blocks.
    Console.Error.WriteLine("lighthouse failed: " + exception.Message);
    return ExitCodes.Usage;
}
