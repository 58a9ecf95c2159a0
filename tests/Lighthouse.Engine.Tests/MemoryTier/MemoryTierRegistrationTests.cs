using Lighthouse.Engine.Validation.Tiers.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Tests.MemoryTier;

public sealed class MemoryTierRegistrationTests
{
    [Fact]
    public void AddMemoryTier_Twice_GivesOneCache()
    {
        using var services = Services().AddMemoryTier().BuildServiceProvider();
        services.GetServices<DecisionCache>().Count().ShouldBe(1);
    }

    [Fact]
    public void Options_OutOfRange_NameTheirKey()
    {
        using var services = Services().Configure<MemoryTierOptions>(static options => options.Capacity = 0).BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<DecisionCache>())
            .Message.ShouldContain("Lighthouse:MemoryTier:Capacity");
    }

    private static IServiceCollection Services() => new ServiceCollection().AddSingleton(TimeProvider.System).AddMemoryTier();
}
