using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Policies;

/// <summary>The text and the examples as they are being written, and what the last check said of them.</summary>
public sealed class PolicyDraft(IPolicySets sets, ICurrentCaller currentCaller)
{
    private PolicySetDocument _kept = new();
    private CancellationTokenSource? _checking;

    public string Text { get; private set; } = "";
    public IReadOnlyList<PolicyExample> Examples { get; private set; } = [];
    public PolicySetDocument Document => new() { Text = Text, Examples = Examples };

    /// <summary>What it began with, or was last kept as.</summary>
    public PolicySetDocument Kept => _kept;
    public bool Dirty => Text != _kept.Text || !Examples.SequenceEqual(_kept.Examples);

    /// <summary>Grows when the text was replaced by something else than typing: the editor then shows it anew.</summary>
    public int Loads { get; private set; }

    /// <summary>Of the text as it stands; null before the first check and after a change.</summary>
    public PolicyCheck? Check { get; private set; }
    public bool Checking => _checking is not null;

    public void Load(PolicySetDocument document)
    {
        _kept = document;
        Replace(document.Text, document.Examples);
    }

    public void Replace(string text, IReadOnlyList<PolicyExample> examples)
    {
        (Text, Examples) = (text, examples);
        Loads++;
        Changed();
    }

    public void Type(string text)
    {
        Text = text;
        Changed();
    }

    public void SetExamples(IEnumerable<PolicyExample> examples)
    {
        Examples = [.. examples];
        Changed();
    }

    /// <summary>It stands in the log from now on; a check of it still counts.</summary>
    public void Keep(PolicySetDocument document) => _kept = document;

    /// <summary>Checks the text as it stands; a check that is under way for an older text is given up. False where that happened to this one meanwhile.</summary>
    /// <exception cref="LighthouseException">The check was refused.</exception>
    public async Task<bool> CheckAsync()
    {
        GiveUpCheck();
        using var checking = new CancellationTokenSource();
        _checking = checking;
        try
        {
            var check = await sets.CheckAsync(await currentCaller.GetAsync(), Document, checking.Token);
            if (_checking != checking)
            {
                return false;
            }

            Check = check;
            return true;
        }
        catch (OperationCanceledException)
        {
            // A newer text is being checked.
            return false;
        }
        finally
        {
            if (_checking == checking)
            {
                _checking = null;
            }
        }
    }

    private void Changed()
    {
        Check = null;
        GiveUpCheck();
    }

    private void GiveUpCheck()
    {
        _checking?.Cancel();
        _checking = null;
    }
}
