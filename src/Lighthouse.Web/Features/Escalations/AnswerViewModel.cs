using Lighthouse.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Escalations;

public enum AnswerStep { Idle, NeedsReason, NeedsSignIn, Done, Refused, TooSoon }

/// <summary>
/// The way from a key press to a vote: a no needs a reason, a dangerous answer a fresh sign-in, and the item that slid under the
/// pointer after the last answer does not take the second half of a double click.
/// </summary>
public sealed class AnswerViewModel(EscalationsViewModel inbox, TimeProvider time, IServiceProvider services)
{
    public static readonly TimeSpan LookFirst = TimeSpan.FromMilliseconds(700);

    private long _answeredAt;
    private VoteKind _waiting;
    private string? _waitingFor;

    public string Reason { get; set; } = "";
    public AnswerStep Step { get; private set; }

    /// <summary>What the last answer did, in words.</summary>
    public string? Outcome { get; private set; }

    public async Task<AnswerStep> AnswerAsync(VoteKind kind)
    {
        if (inbox.Selected is not { State: EscalationState.Open } selected)
        {
            return Step = AnswerStep.Refused;
        }

        if (_answeredAt != 0 && time.GetElapsedTime(_answeredAt) < LookFirst)
        {
            return Step = AnswerStep.TooSoon;
        }

        if (kind == VoteKind.Reject && string.IsNullOrWhiteSpace(Reason))
        {
            return Step = AnswerStep.NeedsReason;
        }

        _waiting = kind;
        _waitingFor = selected.Id;
        // Without anything that could confirm a sign-in, a dangerous yes is not given (fail closed); a no is always safe.
        if (selected.Dangerous && kind == VoteKind.Approve && !await IsFreshAsync())
        {
            return Step = AnswerStep.NeedsSignIn;
        }

        return await VoteAsync();
    }

    /// <summary>Where the password was right, the answer that waited for it is given at once.</summary>
    public async Task<PasswordAnswer> ConfirmAsync(string password)
    {
        var answer = services.GetService<IFreshSignIn>() is { } signIn
            ? await signIn.ConfirmAsync(password, CancellationToken.None)
            : new PasswordAnswer(PasswordCheck.Unavailable);
        if (answer.IsRight)
        {
            await VoteAsync();
        }

        return answer;
    }

    public void Reset()
    {
        Reason = "";
        Step = AnswerStep.Idle;
    }

    private async ValueTask<bool> IsFreshAsync() =>
        services.GetService<IFreshSignIn>() is { } signIn && await signIn.IsFreshAsync();

    private async Task<AnswerStep> VoteAsync()
    {
        var before = inbox.Selected!;
        if (before.Id != _waitingFor)
        {
            // The selection moved while the password was typed: it was given for another request.
            return Step = AnswerStep.Idle;
        }

        if (!await inbox.VoteAsync(_waiting, Reason))
        {
            return Step = inbox.Problem?.Code == ErrorCodes.FreshSignInRequired ? AnswerStep.NeedsSignIn : AnswerStep.Refused;
        }

        Outcome = Words(before, inbox.Selected!);
        Reason = "";
        _answeredAt = time.GetTimestamp();
        return Step = AnswerStep.Done;
    }

    private static string Words(Escalation before, Escalation after)
    {
        var subject = HiddenCharacters.Reveal(RequestText.Of(before.Request));
        subject = subject.Length > 60 ? subject[..60] + "…" : subject;
        return after.State switch
        {
            EscalationState.Approved => $"Approved, {Released(before)} released: {subject}",
            EscalationState.Rejected => $"Rejected, {before.Agent.Name} is told why: {subject}",
            _ => $"Your vote counts, {Approvals.Of(after)} so far: {subject}",
        };
    }

    private static string Released(Escalation escalation) =>
        escalation.Waiting == 1 ? "the waiting call is" : $"{escalation.Waiting} waiting calls are";
}
