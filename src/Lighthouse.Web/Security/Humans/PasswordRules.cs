using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>Length is what resists guessing; composition rules only make passwords worse to remember.</summary>
internal sealed class PasswordRules : IPasswordValidator<LighthouseUser>
{
    public const int Shortest = 12;
    public const int Longest = 256;
    private const int FewestDifferent = 5;
    private const int FewestBesideTheName = 6;

    /// <returns>What is wrong with it, or null.</returns>
    public static string? Problem(string? password, string? userName) =>
        password is not { Length: >= Shortest } ? $"has at least {Shortest} characters"
        : password.Length > Longest ? $"has at most {Longest} characters"
        : password.Distinct().Count() < FewestDifferent ? $"has at least {FewestDifferent} different characters"
        : userName is { Length: > 0 } && password.Replace(userName, "", StringComparison.OrdinalIgnoreCase).Length < FewestBesideTheName
            ? "is more than the name"
        : null;

    public Task<IdentityResult> ValidateAsync(UserManager<LighthouseUser> manager, LighthouseUser user, string? password) =>
        Task.FromResult(Problem(password, user.UserName) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = $"A password {problem}." })
            : IdentityResult.Success);
}
