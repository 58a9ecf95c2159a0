using Lighthouse.Web.Ui;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Features.Demo;

internal sealed class DemoState(IOptions<DemoOptions> options) : IDemoState
{
    public bool Running => options.Value.Enabled;
}
