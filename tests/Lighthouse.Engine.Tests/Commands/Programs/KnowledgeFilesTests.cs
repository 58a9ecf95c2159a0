using System.Text.Json;
using Lighthouse.Engine.Commands.Programs;
using Lighthouse.Engine.Commands.Programs.Reading;

namespace Lighthouse.Engine.Tests.Commands.Programs;

/// <summary>A slip in a data file must fail here and not at the first command that meets it.</summary>
public sealed class KnowledgeFilesTests
{
    private static readonly HashSet<string> Fields =
        ["does", "bare", "args", "options", "sub", "use", "strict", "help", "bundled", "wholeWords", "posix", "special", "loads"];

    [Fact]
    public void Programs_All_Compile()
    {
        var table = new ProgramTable();
        foreach (var name in table.Names)
        {
            Check(table.Find(name).ShouldNotBeNull(), depth: 0);
        }
    }

    [Fact]
    public void Entries_All_UseKnownFields()
    {
        foreach (var (family, file) in new ProgramTable().Families)
        {
            file.GetProperty("about").GetString().ShouldNotBeNullOrEmpty(family);
            foreach (var program in file.GetProperty("programs").EnumerateObject())
            {
                Fields(program.Value, $"{family}: {program.Name}");
            }
        }

        static void Fields(JsonElement entry, string where)
        {
            if (entry.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            foreach (var field in entry.EnumerateObject())
            {
                KnowledgeFilesTests.Fields.ShouldContain(field.Name, where);
                if (field.Name == "sub")
                {
                    foreach (var child in field.Value.EnumerateObject())
                    {
                        Fields(child.Value, $"{where} {child.Name}");
                    }
                }
            }
        }
    }

    private static void Check(CommandSpec spec, int depth)
    {
        foreach (var role in spec.Arguments.First.Append(spec.Arguments.Repeated).Concat(spec.Arguments.Last).Concat(spec.Options.Values.Select(static option => option.Role)))
        {
            if (role is null)
            {
                continue;
            }

            if (role[0] == '!')
            {
                EffectTerm.Parse(role[1..]);
            }
            else
            {
                ArgumentRoles.All.ShouldContain(role, spec.Name);
            }
        }

        if (spec.Special is { } special)
        {
            SpecialReadings.All.ShouldContain(special, spec.Name);
        }

        // Fragments name themselves; a few levels see all of them.
        if (depth < 4)
        {
            foreach (var child in spec.Subcommands.Values.Concat(spec.SubcommandPatterns.Select(static pair => pair.Spec)))
            {
                Check(child.Value, depth + 1);
            }
        }
    }
}
