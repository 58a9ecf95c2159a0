using Lighthouse.Web.Ui;
using MudBlazor;

namespace Lighthouse.Web.Features.Agents;

internal static class PasswordAsking
{
    private const string Why = "What gives an agent more than it has asks for your password again: a copied session must not be able to. It then counts for ten minutes, on this page.";

    /// <summary>Acts; where that is refused for want of a fresh password, asks for it and acts again.</summary>
    public static async Task<bool> ActAsync(this IDialogService dialogs, AgentsViewModel model, string yes, Func<Task<bool>> act) =>
        await act() || (model.NeedsPassword && await FreshSignInDialog.AskAsync(dialogs, Why, yes, model.ConfirmAsync) && await act());
}
