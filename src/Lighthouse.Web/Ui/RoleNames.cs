namespace Lighthouse.Web.Ui;

/// <summary>Role claims of humans, and the combinations that pages ask for.</summary>
internal static class RoleNames
{
    public const string Voters = "expert,admin";
    public const string Keepers = "operator,admin";

    public static IReadOnlyList<string> Humans { get; } = ["viewer", "operator", "expert", "admin"];
}
