namespace Lighthouse.Web.Ui;

/// <summary>Whether virtual agents produce the traffic. Absent from the container: they do not.</summary>
public interface IDemoState
{
    bool Running { get; }
}
