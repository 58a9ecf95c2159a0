using Lighthouse.Engine.Platform;
using Microsoft.AspNetCore.Components;

namespace Lighthouse.Web.Live;

/// <summary>A component that re-reads what it shows when the engine says that it changed.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private IDisposable? _listening;

    [Inject]
    public required RefreshGate Gate { get; init; }

    protected abstract ChangeTopic Topics { get; }

    protected virtual bool Always => false;

    protected abstract Task RefreshAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        // Not while prerendering: nothing would ever end the subscription.
        if (firstRender)
        {
            _listening = Gate.Listen(Topics, () => InvokeAsync(async () =>
            {
                await RefreshAsync();
                StateHasChanged();
            }), Always);
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _listening?.Dispose();
}
