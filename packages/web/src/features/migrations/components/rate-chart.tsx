import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useEffectEvent, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { RatePoint } from "../../../shared/live/event-log.ts";
import { formatCount } from "../../../shared/number-format.ts";
import { formatClock } from "../../../ui/time-text.tsx";
import classes from "./migration.module.css";

/** The line of people per second; `height` in px. The panel offers the same numbers as a table. */
export default function RateChart(props: { points: readonly RatePoint[]; height: number }) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme();
  const { points, height } = props;
  const data = useEffectEvent(() => dataOf(points));

  useEffect(
    function drawChart() {
      const element = host.current;
      if (!element) {
        return undefined;
      }
      const chart = new uPlot(chartOptions(element.clientWidth, height), data(), element);
      plot.current = chart;
      const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
      observer.observe(element);
      return () => {
        observer.disconnect();
        chart.destroy();
        plot.current = null;
      };
    },
    // The scheme changes the colours read from the page's variables.
    [height, scheme],
  );
  useEffect(
    function addPoints() {
      plot.current?.setData(dataOf(points));
    },
    [points],
  );
  return (
    <div
      ref={host}
      className={classes.chart}
      style={{ height }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- uPlot draws on a canvas of its own inside
      role="img"
      aria-label={`People per second, ${points.length} measurements. The table shows them as numbers.`}
    />
  );
}

function dataOf(points: readonly RatePoint[]): uPlot.AlignedData {
  return [points.map((point) => point.at), points.map((point) => point.perSecond)];
}

function chartOptions(width: number, height: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color("--rh-text-muted"),
    font: `12px ${style.getPropertyValue("--mantine-font-family") || "sans-serif"}`,
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 } },
    scales: { y: { range: (_chart, _min, max) => [0, Math.max(10, max * 1.15)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_chart, splits) => splits.map((second) => formatClock(second * 1_000)),
        // The clock shows whole seconds, so finer ticks would repeat one.
        incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400],
        space: 90,
        size: 30,
      },
      {
        ...axis,
        size: 48,
        grid: { stroke: color("--rh-line"), width: 1 },
        values: (_chart, splits) => splits.map((value) => formatCount(value)),
      },
    ],
    series: [
      {},
      {
        stroke: color("--rh-accent"),
        width: 2,
        fill: color("--rh-accent-soft"),
        // A line needs two points; before that the first is shown as a dot.
        points: { show: (chart) => chart.data[0].length < 3 },
      },
    ],
  };
}
