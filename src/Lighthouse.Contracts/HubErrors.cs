using System.Globalization;

namespace Lighthouse.Contracts;

/// <summary>
/// A refusal as the text of a hub error, since a hub error carries nothing but text: <c>code: message</c>, or
/// <c>code (retry after 3 s): message</c>.
/// </summary>
public static class HubErrors
{
    // What the SignalR server puts in front of the message of a HubException.
    private const string Marker = "HubException: ";

    public static string Format(LighthouseException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.RetryAfter is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"{refusal.Code} (retry after {Math.Ceiling(wait.TotalSeconds)} s): {refusal.Message}")
            : $"{refusal.Code}: {refusal.Message}";
    }

    /// <summary>The refusal behind a hub error; <c>internal</c> when the text is none of ours.</summary>
    public static LighthouseException Parse(string text, Exception? inner = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var from = text.IndexOf(Marker, StringComparison.Ordinal);
        var own = from < 0 ? text : text[(from + Marker.Length)..];
        var colon = own.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0)
        {
            return new LighthouseException(ErrorCodes.Internal, own, inner: inner);
        }

        var (code, retryAfter) = SplitRetry(own[..colon]);
        return code.All(static c => c is '_' or (>= 'a' and <= 'z'))
            ? new LighthouseException(code, own[(colon + 2)..], retryAfter, inner)
            : new LighthouseException(ErrorCodes.Internal, own, inner: inner);
    }

    private static (string Code, TimeSpan? RetryAfter) SplitRetry(string head)
    {
        const string open = " (retry after ", close = " s)";
        var at = head.IndexOf(open, StringComparison.Ordinal);
        return at > 0 && head.EndsWith(close, StringComparison.Ordinal)
            && int.TryParse(head.AsSpan(at + open.Length, head.Length - at - open.Length - close.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (head[..at], TimeSpan.FromSeconds(seconds))
            : (head, null);
    }
}
