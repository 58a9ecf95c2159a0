using System.Text.Json;
using Lighthouse.Client;
using Lighthouse.Contracts;

namespace Lighthouse.Cli.Hooks;

/// <summary>
/// Standard input → server → standard output. A host lets the call run on almost any failure of its hook, so every failure here ends with exit
/// code 2 ("block") and a reason on standard error; only JSON ever reaches standard output.
/// </summary>
internal sealed class HookRelay(string host, TimeSpan? hold, bool failOpen)
{
    // The server takes 256 kB; what is larger gets its deny, what is absurd does not leave this machine.
    private const int LargestMessage = 4 * 1024 * 1024;

    public async Task<int> RunAsync(Stream input, Stream output, TextWriter error, CancellationToken cancellationToken)
    {
        byte[] answer;
        try
        {
            answer = await AskAsync(await ReadAsync(input, cancellationToken), cancellationToken);
        }
        catch (Exception exception)
        {
            return Fail(exception, error);
        }

        await output.WriteAsync(answer, cancellationToken);
        await output.FlushAsync(cancellationToken);
        return ExitCodes.Fine;
    }

    private async Task<byte[]> AskAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var key = ServerSettings.Key ?? throw new InvalidOperationException($"{ServerSettings.KeyVariable} is not set: put this agent's API key there.");
        var server = ServerSettings.Parse(ServerSettings.Url)
            ?? throw new InvalidOperationException($"{ServerSettings.UrlVariable} is not an http or https address: {ServerSettings.Url}");
        // Longer than the server's hold, so that its own words come first; a little, so that a dead server is noticed.
        using var client = new LighthouseClient(server, key) { CallTimeout = TimeSpan.FromSeconds(8) };
        var answer = await client.HookAsync(host, message, hold, cancellationToken);
        if (answer.Length > 0)
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new JsonException("not an object");
            }
        }

        return answer;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await input.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await message.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (message.Length > LargestMessage)
            {
                throw new InvalidOperationException($"The message is larger than {LargestMessage / 1024 / 1024} MB.");
            }
        }

        return message.Length > 0 ? message.GetBuffer().AsMemory(0, (int)message.Length) : throw new InvalidOperationException("Standard input is empty.");
    }

    private int Fail(Exception exception, TextWriter error)
    {
        // Fail-open is for a server that is away and for nothing else: not for one that refuses, answers nonsense, hangs up or takes too
        // long, because then it was asked and did not say yes.
        var open = failOpen && exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
        error.WriteLine(open
            ? $"Lighthouse could not judge this call, and --fail-open lets it run: {Reason(exception)}"
            : $"Lighthouse could not judge this call, so it is blocked: {Reason(exception)}");
        return open ? ExitCodes.Fine : ExitCodes.Usage;
    }

    private static string Reason(Exception exception) => exception switch
    {
        HttpRequestException unreachable => $"{ServerSettings.Url} cannot be reached ({unreachable.Message}).",
        LighthouseException refused => $"the server refused it ({refused.Code}): {refused.Message}",
        JsonException => $"{ServerSettings.Url} answered with something that is not a JSON object. Is it Lighthouse?",
        OperationCanceledException => "no answer came in time.",
        _ => exception.Message,
    };
}
