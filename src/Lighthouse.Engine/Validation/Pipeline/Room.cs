using System.Runtime.InteropServices;
using Lighthouse.Contracts;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// How many requests may be under way at once, in number and in bytes. Beyond it the answer is <c>overloaded</c>, at once and without work:
/// what waits for judging or recording stays bounded, and so does the wait of those who got in.
/// </summary>
internal sealed class Room(IOptions<PipelineOptions> options)
{
    private int _requests;
    private long _bytes;
    private long _refused;

    public int Requests => Volatile.Read(ref _requests);

    public long Refused => Volatile.Read(ref _refused);

    public bool TryEnter(IReadOnlyList<DecisionRequest> requests, out Place place)
    {
        var bytes = 0L;
        for (var i = 0; i < requests.Count; i++)
        {
            bytes += JsonMarshal.GetRawUtf8Value(requests[i].Input).Length;
        }

        place = new Place(this, requests.Count, bytes);
        var (count, size) = (Interlocked.Add(ref _requests, requests.Count), Interlocked.Add(ref _bytes, bytes));
        // Whoever comes into an empty room stays, however large.
        if ((count <= options.Value.MaxRequests && size <= options.Value.MaxBytes) || count == requests.Count)
        {
            return true;
        }

        place.Dispose();
        Interlocked.Increment(ref _refused);
        return false;
    }

    internal readonly struct Place(Room room, int requests, long bytes) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Add(ref room._requests, -requests);
            Interlocked.Add(ref room._bytes, -bytes);
        }
    }
}
