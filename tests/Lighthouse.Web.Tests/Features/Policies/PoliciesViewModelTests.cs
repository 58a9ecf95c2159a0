using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Policies;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Policies;

public sealed class PoliciesViewModelTests
{
    private readonly FakePolicySets _sets = new(new FakeTimeProvider());
    private readonly FakeFreshSignIn _fresh = new();

    [Fact]
    public async Task Show_NothingKept_ShowsNothingAndChecksNothing()
    {
        var model = Model();
        await model.ShowAsync(null);
        model.Versions.ShouldBeEmpty();
        model.Selected.ShouldBeNull();
        model.IsWriting.ShouldBeFalse();
        _sets.Checks.ShouldBe(0);
    }

    [Fact]
    public async Task Show_WithoutANumber_ShowsTheActiveVersion()
    {
        await KeepAsync("one", "two", "three");
        _sets.Change(FakeCaller.Kim, 2, "");
        var model = Model();
        await model.ShowAsync(null);
        model.Selected!.Number.ShouldBe(2);
        model.Text.ShouldBe("two");
        model.Dirty.ShouldBeFalse();
    }

    [Fact]
    public async Task Show_Viewer_ReadsNothing()
    {
        await KeepAsync("one");
        var model = Model(Roles.Viewer);
        await model.ShowAsync("1");
        model.MayRead.ShouldBeFalse();
        model.Versions.ShouldBeEmpty();
        model.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_UnknownVersion_SaysSo()
    {
        var model = Model();
        await model.ShowAsync("7");
        model.Problem!.Code.ShouldBe(ErrorCodes.NotFound);
        model.Selected.ShouldBeNull();
    }

    [Fact]
    public async Task Type_AfterACheck_ForgetsWhatWasFound()
    {
        var model = Model();
        await model.ShowAsync("new");
        model.Type("forbid\n  efects");
        (await model.CheckAsync()).ShouldBeFalse();
        var error = model.Check!.Diagnostics.ShouldHaveSingleItem();
        (error.Line, error.Column).ShouldBe((2, 3));
        model.Type("forbid\n  effects");
        model.Check.ShouldBeNull();
        (await model.CheckAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Save_Refused_KeepsTheTextInTheEditor()
    {
        var model = Model();
        await model.ShowAsync("new");
        model.Type("forbid");
        _sets.Refusal = new LighthouseException(ErrorCodes.StorageUnavailable, "The disk is full.");
        (await model.SaveAsync("first")).ShouldBeNull();
        model.Problem!.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        model.Text.ShouldBe("forbid");
        model.Dirty.ShouldBeTrue();
        (await model.SaveAsync("first")).ShouldBe(1);
        model.Dirty.ShouldBeFalse();
        model.Address.ShouldBe("/policies/1");
    }

    [Fact]
    public async Task Save_WithErrors_IsADraftThatSaysSo()
    {
        var model = Model();
        await model.ShowAsync("new");
        model.Type("efects");
        await model.SaveAsync("half");
        model.Outcome!.ShouldContain("1 error");
        model.Selected!.Errors.ShouldBe(1);
    }

    [Fact]
    public async Task Activate_WithoutAFreshPassword_AsksForItAndActsAgain()
    {
        await KeepAsync("one");
        var model = Model();
        await model.ShowAsync("1");
        _sets.Refusal = new LighthouseException(ErrorCodes.FreshSignInRequired, "This needs your password again; nothing was done.");
        (await model.ActivateAsync(1, "why")).ShouldBeFalse();
        model.NeedsPassword.ShouldBeTrue();
        (await model.ConfirmAsync("right")).IsRight.ShouldBeTrue();
        (await model.ActivateAsync(1, "why")).ShouldBeTrue();
        model.Active.ShouldBe(1);
        model.Selected!.State.ShouldBe(PolicySetState.Active);
    }

    [Fact]
    public async Task Activate_WhileSomebodyElseDid_IsAConflictThatShowsTheirs()
    {
        await KeepAsync("one", "two");
        var model = Model();
        await model.ShowAsync("1");
        _sets.Change(FakeCaller.Kim with { Name = "robin" }, 2, "quicker");
        (await model.ActivateAsync(1, "why")).ShouldBeFalse();
        model.Problem!.Code.ShouldBe(ErrorCodes.Conflict);
        model.Active.ShouldBe(2);
        (await model.ActivateAsync(1, "still")).ShouldBeTrue();
        (await model.ActivateAsync(2, "back")).ShouldBeTrue();
        model.Outcome!.ShouldStartWith("Rolled back");
    }

    [Fact]
    public async Task Refresh_WhileWriting_LeavesTheText()
    {
        await KeepAsync("one");
        var model = Model();
        await model.ShowAsync("1");
        model.Type("mine");
        await KeepAsync("theirs");
        await model.RefreshAsync();
        await model.ShowAsync("1");
        model.Versions.Count.ShouldBe(2);
        model.Text.ShouldBe("mine");
    }

    [Fact]
    public async Task Starter_IntoATextOfOnesOwn_KeepsBoth()
    {
        var model = Model();
        await model.ShowAsync("new");
        model.Type("// mine");
        model.InsertStarter();
        model.Text.ShouldStartWith("// mine\n\n");
        model.Text.ShouldEndWith(PolicyStarter.Text);
        model.Examples.Count.ShouldBe(PolicyStarter.Examples.Count);
        model.Discard();
        model.Text.ShouldBeEmpty();
        model.Dirty.ShouldBeFalse();
    }

    private PoliciesViewModel Model(Roles roles = Roles.Admin) => new(_sets, new FakeCaller(roles), _fresh);

    private async Task KeepAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await _sets.SaveAsync(FakeCaller.Kim, new PolicySetDocument { Text = text }, "kept", CancellationToken.None);
        }
    }
}
