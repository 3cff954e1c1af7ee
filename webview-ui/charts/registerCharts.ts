/** Only what the page draws: chart.js is taken apart by the bundler along these names. */
import { BarController, BarElement, CategoryScale, Chart, Filler, LinearScale } from 'chart.js';
import { LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import annotation from 'chartjs-plugin-annotation';

export function registerCharts(): void {
  Chart.register(LineController, LineElement, PointElement, BarController, BarElement);
  Chart.register(LinearScale, CategoryScale, Filler, Tooltip, annotation);
}
