using System.Threading.Channels;

namespace Lighthouse.Web.Hubs;

/// <summary>
/// What waits to be sent to one connection, in order. Sending waits until the other end reads: so each connection has a queue of its own, and
/// one that does not read holds up nobody else.
/// </summary>
internal sealed class Outbox(ILogger log)
{
    public const int Capacity = 256;

    private readonly Channel<Func<Task>> _messages = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>False when it is full or closed.</summary>
    public bool TryAdd(Func<Task> message) => _messages.Writer.TryWrite(message);

    /// <returns>True for the one who closed it.</returns>
    public bool Close() => _messages.Writer.TryComplete();

    public async Task RunAsync()
    {
        await foreach (var send in _messages.Reader.ReadAllAsync())
        {
            try
            {
                await send();
            }
            catch (Exception exception)
            {
                // The connection ended under the message; the agent reconnects and asks again.
                log.DeliveryFailed(exception);
            }
        }
    }
}
