namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>Frames of one length, each merged from the seconds it covers and stored when the next one begins.</summary>
internal sealed class FrameLevel(int seconds, int capacity, int buckets, int outcomes)
{
    private readonly Merged? _open = seconds > 1 ? new Merged(buckets, outcomes) : null;
    private long _number = -1;

    public int Seconds => seconds;
    public FrameRing Ring { get; } = new(capacity);

    public void Put(long second, Frame? frame)
    {
        if (_open is null)
        {
            Ring.Put(second, frame);
            return;
        }

        var number = second / seconds;
        if (number != _number)
        {
            Store();
            _number = number;
        }

        _open.Add(frame);
        if (second % seconds == seconds - 1)
        {
            Store();
        }
    }

    private void Store()
    {
        if (_number >= 0 && _open!.Count > 0)
        {
            Ring.Put(_number, _open.ToFrame());
            _open.Clear();
        }
    }
}
