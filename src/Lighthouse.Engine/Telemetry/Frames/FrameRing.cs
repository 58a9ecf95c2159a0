namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>The last frames of one length, by number. A number without a frame, or one too old, gives null.</summary>
internal sealed class FrameRing(int capacity)
{
    private readonly (long Number, Frame Frame)?[] _slots = new (long, Frame)?[capacity];

    public int Capacity => capacity;

    public Frame? this[long number] => _slots[number % capacity] is { } slot && slot.Number == number ? slot.Frame : null;

    public void Put(long number, Frame? frame) => _slots[number % capacity] = frame is null ? null : (number, frame);
}
