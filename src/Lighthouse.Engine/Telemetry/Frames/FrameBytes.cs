namespace Lighthouse.Engine.Telemetry.Frames;

internal struct FrameWriter()
{
    private byte[] _bytes = new byte[64];
    private int _length;
    private int _last = -1;

    public void Add(int bucket, long count)
    {
        if (_bytes.Length - _length < 20)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        Write((ulong)(bucket - _last));
        Write((ulong)count);
        _last = bucket;
    }

    public readonly byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    private void Write(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }
}

internal ref struct FrameReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private int _bucket = -1;

    public bool Next(out int bucket, out long count)
    {
        if (_position >= _bytes.Length)
        {
            bucket = 0;
            count = 0;
            return false;
        }

        _bucket += (int)Read();
        bucket = _bucket;
        count = (long)Read();
        return true;
    }

    private ulong Read()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var one = _bytes[_position++];
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }
    }
}
