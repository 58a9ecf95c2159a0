using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Telemetry;

/// <summary>Closes a frame at the end of every second. Each wait is computed anew, so a late tick does not shift the following ones.</summary>
internal sealed class FrameCloser(LiveFigures figures, TimeProvider time, ILogger<FrameCloser> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(figures.ToNextFrame, time, stoppingToken);
                figures.CloseFrame();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Counts are kept in the recorders: the next frame takes them.
                log.FrameNotClosed(exception);
            }
        }
    }
}
