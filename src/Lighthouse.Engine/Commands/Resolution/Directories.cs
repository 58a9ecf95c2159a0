using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Directories by their text; links are not followed.</summary>
internal static class Directories
{
    // No system opens a longer path; following one through a thousand cd would cost the square of it.
    private const int Longest = 4_096;

    /// <summary>Absolute and without <c>.</c> and <c>..</c>; null when it cannot be known.</summary>
    public static string? Resolve(string? workingDirectory, string path)
    {
        if (path.Length == 0)
        {
            return workingDirectory;
        }

        if (path[0] == '~')
        {
            return null;
        }

        if (path[0] != '/')
        {
            if (workingDirectory is null)
            {
                return null;
            }

            path = workingDirectory + "/" + path;
        }

        if (path.Length > Longest)
        {
            return null;
        }

        Span<char> plain = path.Length <= 256 ? stackalloc char[path.Length + 1] : new char[path.Length + 1];
        var (length, depth) = (0, 0);
        foreach (var range in path.AsSpan().Split('/'))
        {
            switch (path.AsSpan()[range])
            {
                case "" or ".":
                    break;
                case "..":
                    depth = Math.Max(0, depth - 1);
                    length = Math.Max(0, plain[..length].LastIndexOf('/'));
                    break;
                case var segment:
                    if (++depth > SegmentPath.Deepest)
                    {
                        return null;
                    }

                    plain[length] = '/';
                    segment.CopyTo(plain[(length + 1)..]);
                    length += segment.Length + 1;
                    break;
            }
        }

        return length == 0 ? "/" : plain[..length].SequenceEqual(path) ? path : plain[..length].ToString();
    }

    /// <summary>
    /// One directory that stands for either, or null. Inside a workspace the upper of the two does: a relative path that
    /// stays inside from there also does from below.
    /// </summary>
    public static string? Common(string? one, string? other, string? workspaceRoot)
    {
        if (one is null || other is null || workspaceRoot is null || !IsWithin(one, workspaceRoot) || !IsWithin(other, workspaceRoot))
        {
            return null;
        }

        return IsWithin(one, other) ? other : IsWithin(other, one) ? one : null;
    }

    public static bool IsWithin(string path, string root)
    {
        root = root.TrimEnd('/');
        return path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');
    }
}
