namespace Lighthouse.Web.Ui;

public enum PasswordCheck
{
    Right,
    Wrong,

    /// <summary>Too many tries: this one was not looked at.</summary>
    TooMany,

    /// <summary>The account is locked after wrong passwords; the right one would not be taken either.</summary>
    Locked,

    /// <summary>There is no password to compare with, or the account may not sign in any more.</summary>
    Unavailable,
}

/// <summary>What became of a password that was asked for again. Only <see cref="PasswordCheck.Right"/> lets anything happen.</summary>
/// <param name="Wait">For <see cref="PasswordCheck.TooMany"/> and <see cref="PasswordCheck.Locked"/>: when to come back, at least a second.</param>
public readonly record struct PasswordAnswer(PasswordCheck Check, TimeSpan Wait = default)
{
    public bool IsRight => Check == PasswordCheck.Right;

    /// <summary>For the human, without saying what was not done: that the page knows.</summary>
    public string Words => Check switch
    {
        PasswordCheck.Right => "",
        PasswordCheck.Wrong => "That was not it.",
        PasswordCheck.TooMany => $"Too many tries, so this one was not looked at. Try again in {WaitWords}.",
        PasswordCheck.Locked => $"Too many wrong passwords: the account takes none, not even the right one, for {WaitWords}.",
        _ => "This account has no password that could be checked. Set one under Change your password.",
    };

    private string WaitWords => Math.Max(1, Math.Ceiling(Wait.TotalSeconds)) is var seconds && seconds <= 90 ? $"{seconds:0} s" : $"{Math.Ceiling(seconds / 60):0} minutes";
}
