using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>The human at the screen, as the engine knows callers.</summary>
public interface ICurrentCaller
{
    /// <summary>Without roles when nobody is signed in: the engine refuses such a caller everything.</summary>
    ValueTask<Caller> GetAsync();
}
