namespace Lighthouse.Web.Ui;

public sealed record ConfirmQuestion(string Title, string Yes, bool Danger = false)
{
    public required string Text { get; init; }

    /// <summary>Present: a reason is asked for and required.</summary>
    public string? ReasonLabel { get; init; }
}
