using System.Text;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>How much a document may hold, before anybody reads it.</summary>
internal static class PolicySetShape
{
    private const int ExamplesBytes = 512 * 1024;

    /// <exception cref="LighthouseException"><c>invalid_field</c>.</exception>
    public static void Ensure(PolicySetDocument document)
    {
        if (document.Text is null || document.Examples is null || document.Examples.Any(static one => one?.Request is null || one.Policy is null))
        {
            throw Invalid("A policy set has a `text` and `examples`, each with a `policy` and a `request`.");
        }

        if (Encoding.UTF8.GetByteCount(document.Text) > PolicySetLimits.TextBytes)
        {
            throw Invalid($"`text` is longer than {PolicySetLimits.TextBytes / 1024} kB.");
        }

        if (document.Examples.Count > PolicySetLimits.Examples
            || JsonSerializer.SerializeToUtf8Bytes(document.Examples, LighthouseJson.Options).Length > ExamplesBytes)
        {
            throw Invalid($"`examples` has more than {PolicySetLimits.Examples} entries or {ExamplesBytes / 1024} kB.");
        }
    }

    private static LighthouseException Invalid(string message) => new(ErrorCodes.InvalidField, message);
}
