namespace Lighthouse.Web.Security.Humans;

/// <summary>Tells open pages that a human changed, so that rights end at once and not at the next check.</summary>
internal sealed class HumanChanges
{
    public event Action<string>? Changed;

    public void Publish(string userId) => Changed?.Invoke(userId);
}
