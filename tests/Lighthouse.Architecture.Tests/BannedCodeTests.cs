using System.Xml.Linq;
using Mono.Cecil;

namespace Lighthouse.Architecture.Tests;

/// <summary>BannedSymbols.txt is in force while building, and what was built keeps to it.</summary>
public sealed class BannedCodeTests
{
    [Fact]
    public void Analyser_RunsInEveryProject()
    {
        var props = XDocument.Parse(Repository.Text("Directory.Build.props"));

        props.Descendants("PackageReference").Select(static one => (string?)one.Attribute("Include")).ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        props.Descendants("AdditionalFiles").Select(static one => (string?)one.Attribute("Include")).ShouldContain("$(MSBuildThisFileDirectory)BannedSymbols.txt");
        props.Descendants("TreatWarningsAsErrors").Single().Value.ShouldBe("true");
        Repository.Text(".editorconfig").ShouldNotContain("RS0030");
    }

    [Theory]
    [InlineData("System.DateTime", "get_Now")]
    [InlineData("System.DateTime", "get_UtcNow")]
    [InlineData("System.DateTimeOffset", "get_Now")]
    [InlineData("System.DateTimeOffset", "get_UtcNow")]
    [InlineData("System.Threading.Thread", "Sleep")]
    [InlineData("System.Threading.Tasks.Task`1", "get_Result")]
    [InlineData("System.Threading.Tasks.Task", "Wait")]
    [InlineData("System.Threading.Channels.Channel", "CreateUnbounded")]
    public void Code_CallsNothingBanned(string type, string member)
    {
        Repository.Text("BannedSymbols.txt").ShouldContain(type + "." + member.Replace("get_", "", StringComparison.Ordinal));

        Product.All.SelectMany(Product.Methods)
            .Where(method => Product.Calls(method).Any(call => call.Name == member && call.DeclaringType.GetElementType().FullName == type))
            .Select(static method => method.FullName)
            .ShouldBeEmpty();
    }

    [Fact]
    public void AsyncMethod_NeverReturnsVoid() =>
        Product.All.SelectMany(Product.Methods)
            .Where(static method => method.ReturnType.FullName == "System.Void" && IsAsync(method))
            .Select(static method => method.FullName)
            .ShouldBeEmpty();

    private static bool IsAsync(MethodDefinition method) =>
        method.CustomAttributes.Any(static one => one.AttributeType.Name == "AsyncStateMachineAttribute");
}
