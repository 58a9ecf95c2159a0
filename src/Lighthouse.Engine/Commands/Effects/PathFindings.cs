namespace Lighthouse.Engine.Commands.Effects;

/// <summary>The longest match in two layers: what makes a path sensitive, and the region of the file system it is in.</summary>
internal struct PathFindings
{
    private int _sensitiveDepth;
    private int _regionDepth;
    private bool _sensitiveIsGuess;

    public PathFindings()
    {
        _sensitiveDepth = -1;
        _regionDepth = -1;
    }

    public PathRule Sensitive { get; private set; }
    public PathRule Region { get; private set; }
    public int RegionDepth => _regionDepth;
    public bool IsDevice { get; private set; }

    public void Add(List<PathRule> rules, int depth, bool guessed)
    {
        if (rules.Count == 0)
        {
            return;
        }

        foreach (var rule in rules)
        {
            switch (rule)
            {
                case PathRule.Harmless or PathRule.Descriptor or PathRule.Temporary when guessed:
                    break;
                case PathRule.Device:
                    IsDevice = true;
                    break;
                case PathRule.Protected or PathRule.Harmless or PathRule.Credential or PathRule.Startup:
                    if (Outranks(rule, depth, guessed))
                    {
                        (_sensitiveDepth, Sensitive, _sensitiveIsGuess) = (depth, rule, guessed);
                    }

                    break;
                default:
                    if (depth > _regionDepth)
                    {
                        (_regionDepth, Region) = (depth, rule);
                    }

                    break;
            }
        }
    }

    // A pattern that may mean a start-up file among secrets still means the secrets: cat ~/.ssh/*
    private readonly bool Outranks(PathRule rule, int depth, bool guessed)
    {
        var secret = Sensitive is PathRule.Credential or PathRule.Protected;
        if (guessed && rule == PathRule.Startup && secret)
        {
            return false;
        }

        return (_sensitiveIsGuess && !secret && rule is PathRule.Credential or PathRule.Protected)
            || depth > _sensitiveDepth || (depth == _sensitiveDepth && rule < Sensitive);
    }
}
