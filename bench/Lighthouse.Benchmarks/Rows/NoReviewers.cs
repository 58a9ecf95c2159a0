using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>A tower without people.</summary>
internal sealed class NoReviewers : IReviewerDirectory
{
    public ValueTask<Roles> RolesOfAsync(string userId, CancellationToken cancellationToken) => new(Roles.None);

    public ValueTask<bool> AnyOtherReviewerAsync(string userName, CancellationToken cancellationToken) => new(false);
}
