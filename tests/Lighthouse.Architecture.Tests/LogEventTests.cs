using Mono.Cecil;

namespace Lighthouse.Architecture.Tests;

/// <summary>An event id in a log names one message of the whole process, so that alerts and searches can rely on it.</summary>
public sealed class LogEventTests
{
    [Fact]
    public void EventId_NamesOneMessage() =>
        Messages().GroupBy(static one => one.Id).Where(static same => same.Count() > 1)
            .Select(static same => $"{same.Key}: {string.Join(", ", same.Select(static one => one.Method.FullName))}")
            .ShouldBeEmpty();

    [Fact]
    public void EventId_IsGiven() => Messages().Where(static one => one.Id <= 0).Select(static one => one.Method.FullName).ShouldBeEmpty();

    [Fact]
    public void Messages_AreFound() => Messages().Count().ShouldBeGreaterThan(30);

    /// <summary>A message written in passing has no id, and its text is put together although nobody listens.</summary>
    [Fact]
    public void Message_StandsInItsFeaturesLog() =>
        new[] { Product.Engine, Product.Web, Product.Client }.SelectMany(Product.Methods)
            .Where(static method => Product.Calls(method).Any(static call => call.DeclaringType.FullName == "Microsoft.Extensions.Logging.LoggerExtensions" && call.Name.StartsWith("Log", StringComparison.Ordinal)))
            .Select(static method => method.DeclaringType.FullName)
            .ShouldBeEmpty();

    private static IEnumerable<(int Id, MethodDefinition Method)> Messages() =>
        from module in Product.All
        from method in Product.Methods(module)
        from attribute in method.CustomAttributes
        where attribute.AttributeType.FullName == "Microsoft.Extensions.Logging.LoggerMessageAttribute"
        select (IdOf(attribute), method);

    private static int IdOf(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(static one => one.Value).Concat(attribute.Properties.Where(static one => one.Name == "EventId").Select(static one => one.Argument.Value))
            .Zip(attribute.ConstructorArguments.Select(static one => one.Type.FullName).Concat(attribute.Properties.Where(static one => one.Name == "EventId").Select(static _ => "System.Int32")))
            .Where(static one => one.Second == "System.Int32").Select(static one => (int)one.First).FirstOrDefault();
}
