using System.Collections.Immutable;
using System.Globalization;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>Versions of the policy set and which one is active, folded from the log. One thread writes (the store's), any number read.</summary>
internal sealed class PolicyBook(
    IProfiles profiles, IEpochs epochs, IChangeSignal signal, IOptions<PolicyOptions> options, ILogger<PolicyBook> log) : IEventFold
{
    public const string ActivationStream = "policy-sets";
    private const int ChangesKept = 1_000;

    private volatile State _state = new(
        ImmutableList<PolicySetSummary>.Empty, ImmutableList<PolicySetChange>.Empty, ImmutableHashSet<int>.Empty, ActivePolicies.None(profiles.Version), 0, 0);

    private bool _live;

    public IReadOnlyCollection<string> Types { get; } =
        [EventTypes.PolicySetSaved, EventTypes.PolicySetActivated, EventTypes.PolicySetDeactivated];

    public State Current => _state;

    /// <summary>What every request is judged by from now on.</summary>
    public ActivePolicies Active => _state.InForce;

    public static string StreamOf(int number) => "policy-set-" + number;

    public void Live() => _live = true;

    public void Apply(StoredEvent stored)
    {
        switch (stored.Type)
        {
            case EventTypes.PolicySetSaved:
                // Also of a version whose content this build cannot read: its number is taken.
                _state = _state with { LastNumber = Math.Max(_state.LastNumber, NumberOf(stored.Stream)) };
                if (PolicyPayload.Read<PolicySetSavedPayload>(stored.Payload) is { Document: not null } saved)
                {
                    var summary = new PolicySetSummary(
                        saved.Number, PolicySetState.Draft, stored.Actor, stored.OccurredAt, saved.Note, saved.Policies, saved.Document.Examples.Count, saved.Errors);
                    _state = _state with { Versions = _state.Versions.Add(summary) };
                }

                break;
            case EventTypes.PolicySetActivated:
                Activate(stored);
                break;
            default:
                var previous = PolicyPayload.Read<PolicySetDeactivatedPayload>(stored.Payload);
                Change(stored, ActivePolicies.None(profiles.Version), previous?.Previous ?? _state.Active.Number, previous?.Reason ?? "");
                break;
        }

        signal.Publish(ChangeTopic.Policies);
    }

    private void Activate(StoredEvent stored)
    {
        var activated = PolicyPayload.Read<PolicySetActivatedPayload>(stored.Payload);
        if (activated is { Compiled.Policies: not null })
        {
            Change(stored, new ActivePolicies(VersionOf(activated.Number), activated.Number, activated.Compiled), activated.Previous, activated.Reason);
            log.SetActivated(activated.Number, stored.Actor);
            return;
        }

        // Somebody's forbids are in there: until a readable set is activated, nothing is allowed on the profile's word alone.
        log.ActivationUnreadable(stored.Position);
        Change(stored, new ActivePolicies(VersionOf(0) + "?", -1, null, "the active policy set cannot be read by this version."), _state.Active.Number, "");
    }

    private void Change(StoredEvent stored, ActivePolicies next, int previous, string reason)
    {
        var change = new PolicySetChange(
            next.Number, previous, stored.Actor, stored.OccurredAt, reason, next.Number > 0 && _state.EverActive.Contains(next.Number));
        var changes = _state.Changes.Insert(0, change);
        _state = _state with
        {
            Active = next,
            InForce = next.Number == 0 || options.Value.Enabled ? next : SwitchedOff(next),
            Changes = changes.Count > ChangesKept ? changes.RemoveAt(ChangesKept) : changes,
            EverActive = next.Number > 0 ? _state.EverActive.Add(next.Number) : _state.EverActive,
            StreamVersion = stored.Version,
        };
        // First the change, then the new generation: nothing old is filed under the new stamp. At start nothing changes: what is read again was in force before.
        if (_live)
        {
            epochs.Advance(EpochKind.Policies);
        }
    }

    private static int NumberOf(string stream) =>
        int.TryParse(stream.AsSpan(Math.Min(stream.Length, StreamOf(0).Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // Somebody's forbids are in there, so this may only tighten: a version of its own, under which nothing was ever remembered, and no set to judge by.
    private static ActivePolicies SwitchedOff(ActivePolicies active) =>
        new(active.Version + "-off", active.Number, null, "custom policies are switched off (Lighthouse:Policies:Enabled).");

    private string VersionOf(int number) => $"{profiles.Version}+policies-{number}";

    /// <param name="LastNumber">The highest that was given to a version.</param>
    /// <param name="StreamVersion">Version of <see cref="ActivationStream"/>, for the next change.</param>
    public sealed record State(
        ImmutableList<PolicySetSummary> Versions, ImmutableList<PolicySetChange> Changes, ImmutableHashSet<int> EverActive, ActivePolicies Active, long StreamVersion, int LastNumber)
    {
        /// <summary>What requests are judged by: the active set, unless custom policies are switched off.</summary>
        public ActivePolicies InForce { get; init; } = Active;

        public IEnumerable<PolicySetSummary> Summaries() => Versions.Select(WithState).Reverse();

        public PolicySetSummary? Find(int number) => Versions.FirstOrDefault(one => one.Number == number) is { } found ? WithState(found) : null;

        private PolicySetSummary WithState(PolicySetSummary one) => one with
        {
            State = one.Number == Active.Number ? PolicySetState.Active : EverActive.Contains(one.Number) ? PolicySetState.Retired : PolicySetState.Draft,
        };
    }
}
