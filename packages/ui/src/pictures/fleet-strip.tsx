import type { FleetStrip as FleetData, RiskLevel } from '@vedette/contracts';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { counted, formatCount } from '../tokens/format.ts';
import { RISK_LOOK, RISK_ORDER } from '../tokens/severity-look.ts';
import { devicesBetween, type StripColumn, stripColumns } from './fleet-bins.ts';
import { Picture } from './picture.tsx';
import { useWidth } from './use-width.ts';

type Device = FleetData['devices'][number];
const HEIGHT = 44;

function resolveColour(element: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function draw(canvas: HTMLCanvasElement, columns: readonly StripColumn[], width: number): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(HEIGHT * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  const host = canvas.parentElement ?? document.body;
  const colours = new Map<RiskLevel, string>(
    RISK_ORDER.map((risk) => [risk, resolveColour(host, `--${RISK_LOOK[risk].tone}`)]),
  );
  const soft = resolveColour(host, '--unknown-soft');
  const ok = resolveColour(host, '--ok');
  for (const column of columns) {
    const gap = column.width >= 5 ? 1 : 0;
    const tall = column.riskLevel === 'none' ? 0.62 : 1;
    const y = HEIGHT * (1 - tall);
    context.fillStyle = column.riskLevel === 'none' ? ok : (colours.get(column.riskLevel) ?? soft);
    if (column.riskLevel === 'unknown') {
      context.fillStyle = soft;
      context.fillRect(column.x, y, column.width - gap, HEIGHT * tall);
      context.fillStyle = colours.get('unknown') ?? soft;
      for (let stripe = -column.width; stripe < HEIGHT; stripe += 5) {
        context.save();
        context.beginPath();
        context.rect(column.x, y, column.width - gap, HEIGHT * tall);
        context.clip();
        context.beginPath();
        const phase = column.x % 5;
        context.moveTo(column.x, stripe + column.width + phase);
        context.lineTo(column.x + column.width, stripe + phase);
        context.lineWidth = 1;
        context.strokeStyle = colours.get('unknown') ?? soft;
        context.stroke();
        context.restore();
      }
    } else context.fillRect(column.x, y, column.width - gap, HEIGHT * tall);
  }
}

const localX = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;

/**
 * One thin column per device, worst first: ten or a hundred thousand in one glance. Drag to select; arrow keys move, Shift extends, Enter opens.
 * @param devices worst risk first, as the server sorts them
 * @param theme changes when the colours change, so that the canvas is drawn again
 */
export function FleetStrip({
  devices: unsorted,
  theme,
  onOpen,
  onSelect,
}: {
  readonly devices: readonly Device[];
  readonly theme: string;
  readonly onOpen: (id: string) => void;
  readonly onSelect?: (devices: readonly Device[]) => void;
}) {
  // The legend's order is the strip's order, whatever the server makes of ties and of the unknown.
  const devices = useMemo(
    () => [...unsorted].sort((a, b) => RISK_ORDER.indexOf(a.riskLevel) - RISK_ORDER.indexOf(b.riskLevel)),
    [unsorted],
  );
  const [ref, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = useMemo(
    () =>
      stripColumns(
        devices.map((device) => device.riskLevel),
        width,
      ),
    [devices, width],
  );
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const dragging = useRef(false);
  useEffect(() => {
    if (canvas.current !== null && width > 0) draw(canvas.current, columns, width);
  }, [columns, width, theme]);

  const counts = RISK_ORDER.map((risk) => ({
    risk,
    count: devices.filter((device) => device.riskLevel === risk).length,
  })).filter((entry) => entry.count > 0);
  const summary =
    devices.length === 0
      ? 'No active devices.'
      : `${counted(devices.length, 'active device')}: ${counts.map((entry) => `${formatCount(entry.count)} ${RISK_LOOK[entry.risk].word.toLowerCase()}`).join(', ')}.`;
  const columnAt = (x: number) => columns.findIndex((column) => x >= column.x && x < column.x + column.width);
  const select = (range: readonly [number, number] | null) => {
    if (range !== null) onSelect?.(devices.slice(range[0], range[1]));
  };
  const hovered = cursor === null ? undefined : columns[cursor];
  const hoveredDevice = hovered === undefined ? undefined : devices[hovered.from];
  const used = columns.at(-1);

  const onKeyDown = (event: KeyboardEvent) => {
    const current = cursor ?? -1;
    const moves: Record<string, number> = {
      ArrowRight: current + 1,
      ArrowLeft: current - 1,
      Home: 0,
      End: columns.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const bounded = Math.min(columns.length - 1, Math.max(0, next));
      const target = columns[bounded];
      setCursor(bounded);
      if (event.shiftKey && target !== undefined) {
        const start = brush?.[0] ?? columns[Math.max(0, current)]?.x ?? 0;
        const end = target.x + target.width / 2;
        setBrush([start, end]);
        select(devicesBetween(columns, start, end));
      } else setBrush(null);
    }
    if (event.key === 'Enter' && hoveredDevice !== undefined) onOpen(hoveredDevice.id);
    if (event.key === 'Escape') setBrush(null);
  };

  return (
    <Picture
      label="Fleet strip"
      summary={summary}
      twin={{
        columns: ['Device', 'Risk', 'Compliance'],
        rows: devices.map((device) => [device.name, RISK_LOOK[device.riskLevel].word, device.compliance]),
      }}
      head={
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2" aria-label="Legend">
          {counts.map(({ risk, count }) => {
            const Icon = RISK_LOOK[risk].icon;
            return (
              <li key={risk} className="inline-flex items-center gap-1 tnum">
                <Icon size={13} strokeWidth={2.25} aria-hidden style={{ color: `var(--${RISK_LOOK[risk].tone})` }} />
                <span className="font-semibold text-ink">{formatCount(count)}</span>
                {RISK_LOOK[risk].word}
              </li>
            );
          })}
        </ul>
      }
    >
      <div
        ref={ref}
        role="slider"
        tabIndex={0}
        aria-label="Fleet strip, worst risk first. Arrow keys move, Shift extends the selection, Enter opens the device."
        aria-valuemin={0}
        aria-valuemax={Math.max(0, columns.length - 1)}
        aria-valuenow={cursor ?? 0}
        aria-valuetext={
          hoveredDevice === undefined ? summary : `${hoveredDevice.name}, ${RISK_LOOK[hoveredDevice.riskLevel].word}`
        }
        onKeyDown={onKeyDown}
        className="relative touch-pan-y cursor-crosshair"
        onPointerDown={(event) => {
          dragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          const x = localX(event);
          setBrush([x, x]);
        }}
        onPointerMove={(event) => {
          const x = localX(event);
          const index = columnAt(x);
          setCursor(index === -1 ? null : index);
          if (dragging.current && brush !== null) setBrush([brush[0], x]);
        }}
        onPointerLeave={() => {
          if (!dragging.current) setCursor(null);
        }}
        onPointerUp={(event) => {
          dragging.current = false;
          if (brush === null) return;
          const x = localX(event);
          if (Math.abs(x - brush[0]) < 4) {
            setBrush(null);
            const column = columns[columnAt(x)];
            const device = column === undefined ? undefined : devices[column.from];
            if (column !== undefined && device !== undefined && column.to - column.from === 1) onOpen(device.id);
            else if (column !== undefined) select([column.from, column.to]);
          } else select(devicesBetween(columns, brush[0], x));
        }}
      >
        <canvas
          ref={canvas}
          aria-hidden
          className="picture-fill block w-full rounded-[3px]"
          style={{ height: `${HEIGHT}px` }}
        />
        {brush === null || Math.abs(brush[1] - brush[0]) < 1 ? null : (
          <span
            aria-hidden
            className="absolute -inset-y-1 border-x-2 border-ink bg-ink/10 pointer-events-none"
            style={{ left: `${Math.min(brush[0], brush[1])}px`, width: `${Math.abs(brush[1] - brush[0])}px` }}
          />
        )}
        {hovered === undefined ? null : (
          <span
            aria-hidden
            className="absolute -inset-y-0.5 outline-2 outline-ink pointer-events-none rounded-[2px]"
            style={{ left: `${hovered.x}px`, width: `${Math.max(2, hovered.width)}px` }}
          />
        )}
      </div>
      <p className="mt-1.5 text-12 text-ink-3 h-4 truncate" aria-hidden>
        {hoveredDevice === undefined || hovered === undefined
          ? used === undefined
            ? ''
            : 'Worst first. Drag to select, click to open.'
          : hovered.to - hovered.from === 1
            ? `${hoveredDevice.name}: ${RISK_LOOK[hoveredDevice.riskLevel].word}`
            : `${hoveredDevice.name} and ${hovered.to - hovered.from - 1} more: worst is ${RISK_LOOK[hovered.riskLevel].word}`}
      </p>
    </Picture>
  );
}
